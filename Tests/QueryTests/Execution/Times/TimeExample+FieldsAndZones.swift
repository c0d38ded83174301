extension TimeExample {
  /// `extract`, `date_trunc` and AT TIME ZONE.
  static let fieldsAndZones = read(
    #"""
    extract(microseconds from interval '1 day 2.5 sec') → 2500000
    extract(milliseconds from interval '1 day -2.5 sec') → -2500.000
    extract(second from interval '1 day 2.5 sec') → 2.500000
    extract(minute from interval '1:02:03') → 2
    extract(hour from interval '100:02:03') → 100
    extract(day from interval '40 days 100:02:03') → 40
    extract(month from interval '1 year 14 months') → 2
    extract(quarter from interval '1 year 5 months') → 2
    extract(quarter from interval '-5 months') → 0
    extract(year from interval '25 months') → 2
    extract(decade from interval '125 years') → 12
    extract(century from interval '225 years') → 2
    extract(millennium from interval '-2225 years') → -2
    extract(epoch from interval '1 year 2 months 3 days 4:05:06.789') → 37015506.789000
    extract(epoch from interval '-1 year -2 months -3 days -4:05:06.789') → -37015506.789000
    extract(epoch from interval '178956970 years') → 5647452476472000.000000
    date_part('epoch', interval '1 year 2 months 3 days 4:05:06.789') → 37015506.789000005
    date_part('day', interval '40 days 100:02:03') → 40
    date_part('second', interval '1:02:03.5') → 3.5
    extract(week from interval '1 day') → error: unit "week" not supported for type interval
    extract(dow from interval '1 day') → error: unit "dow" not supported for type interval
    extract(julian from interval '1 day') → error: unit "julian" not supported for type interval
    extract(timezone from interval '1 day') → error: unit "timezone" not supported for type interval
    extract(julian from timestamp '2020-01-01 12:34:56.789') → 2458850.52426839120370370370
    extract(julian from timestamp '2020-01-01') → 2458850.0000000000000000000000000000
    extract(julian from timestamp '0001-01-01 06:00') → 1721426.25000000000000000000
    extract(julian from date '2020-01-01') → 2458850
    extract(julian from timestamptz '2020-01-01 18:00+00') → 2458850.75000000000000000000
    date_part('julian', date '2020-01-01') → 2458850
    date_part('julian', timestamp '2020-01-01 12:34:56.789') → 2458850.524268391
    extract(timezone from timestamptz '2020-01-01 00:00+00') → 0
    extract(timezone_hour from timestamptz '2020-01-01 00:00+00') → 0
    extract(timezone_minute from timestamptz '2020-01-01 00:00+00') → 0
    extract(day from timestamp '2020-01-05' - timestamp '2020-01-01') → 4
    extract(epoch from timestamp '2020-01-05' - timestamp '2020-01-01') → 345600.000000
    date_trunc('millennium', interval '2225 years 5 months') → 2000 years
    date_trunc('century', interval '225 years 5 months') → 200 years
    date_trunc('decade', interval '-25 years 5 months') → -20 years
    date_trunc('year', interval '25 months 3 days') → 2 years
    date_trunc('quarter', interval '1 year 5 months 3 days') → 1 year 3 mons
    date_trunc('quarter', interval '-1 year -5 months -3 days') → -1 years -3 mons
    date_trunc('month', interval '5 months 3 days 4:05') → 5 mons
    date_trunc('day', interval '5 months 3 days 4:05') → 5 mons 3 days
    date_trunc('hour', interval '3 days 4:05:06.789') → 3 days 04:00:00
    date_trunc('minute', interval '3 days -4:05:06.789') → 3 days -04:05:00
    date_trunc('second', interval '3 days 4:05:06.789') → 3 days 04:05:06
    date_trunc('milliseconds', interval '3 days 4:05:06.789123') → 3 days 04:05:06.789
    date_trunc('microseconds', interval '3 days 4:05:06.789123') → 3 days 04:05:06.789123
    date_trunc('week', interval '3 days') → error: unit "week" not supported for type interval
    date_trunc('day', timestamptz '2020-01-01 20:00+00', '+05') → 2020-01-01 05:00:00+00
    date_trunc('day', timestamptz '2020-01-01 20:00+00', '-05') → 2020-01-01 19:00:00+00
    date_trunc('month', timestamptz '2020-01-31 23:30+00', '-01') → 2020-01-31 23:00:00+00
    date_trunc('hour', timestamptz '2020-01-01 20:10+00', '-05:30') → 2020-01-01 19:30:00+00
    date_trunc('minute', timestamptz '2020-01-01 20:10:30+00', 'X+1:02:03') → 2020-01-01 20:10:03+00
    date_trunc('week', timestamptz '2020-01-05 23:30+00', 'UTC-1') → 2020-01-05 23:00:00+00
    date_trunc('day', date '2020-01-01') → 2020-01-01 00:00:00+00
    timestamp '2020-01-01 12:00' at time zone '+02' → 2020-01-01 14:00:00+00
    timestamp '2020-01-01 12:00' at time zone '-03:30' → 2020-01-01 08:30:00+00
    timestamp '2020-01-01 12:00' at time zone 'utc' → 2020-01-01 12:00:00+00
    timestamp '2020-01-01 12:00' at time zone 'Z' → 2020-01-01 12:00:00+00
    timestamp '2020-01-01 12:00' at time zone 'GMT+3' → 2020-01-01 15:00:00+00
    timestamp '2020-01-01 12:00' at time zone '5' → 2020-01-01 17:00:00+00
    timestamp '2020-01-01 12:00' at time zone 'UTC+2:03:04' → 2020-01-01 14:03:04+00
    timestamp '2020-01-01 12:00' at time zone '+26' → 2020-01-02 14:00:00+00
    timestamp '2020-01-01 12:00' at time zone '<+02>-02' → 2020-01-01 10:00:00+00
    timestamp '2020-01-01 12:00' at time zone 'Etc/GMT+5' → 2020-01-01 17:00:00+00
    timestamp '2020-01-01 12:00' at time zone 'Etc/UTC' → 2020-01-01 12:00:00+00
    timestamp '2020-01-01 12:00' at time zone interval '1:30:15.7' → 2020-01-01 10:29:45+00
    timestamp '2020-01-01 12:00' at time zone interval '1 day' → error: interval time zone "1 day" must not include months or days
    timestamptz '2020-01-01 12:00+00' at time zone '+02' → 2020-01-01 10:00:00
    timestamptz '2020-01-01 12:00+00' at time zone interval '-1:30:15.7' → 2020-01-01 10:29:45
    timestamptz '2020-01-01 12:00+00' at time zone interval '2 hours' → 2020-01-01 14:00:00
    date '2020-01-01' at time zone '+02' → 2019-12-31 22:00:00
    '2020-01-01' at time zone '+02' → 2019-12-31 22:00:00
    (timestamp '2020-01-01 12:00' at time zone 'UTC') at time zone '-02' → 2020-01-01 14:00:00
    timezone('+02', timestamp '2020-01-01 12:00') → 2020-01-01 14:00:00+00
    """#)
}
