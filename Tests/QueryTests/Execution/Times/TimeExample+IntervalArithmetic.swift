extension TimeExample {
  /// Operators and functions of intervals, and functions that make times.
  static let intervalArithmetic = read(
    #"""
    date '2020-01-31' + interval '1 month' → 2020-02-29 00:00:00
    date '2020-01-31' - interval '1 month' → 2019-12-31 00:00:00
    date '2020-01-31' + interval '1 month 1 day 02:03:04' → 2020-03-01 02:03:04
    interval '1 month' + date '2020-01-31' → 2020-02-29 00:00:00
    timestamp '2020-02-29 10:00' + interval '1 year' → 2021-02-28 10:00:00
    timestamp '2020-02-29 10:00' + interval '-1 year' → 2019-02-28 10:00:00
    timestamp '2020-02-29 10:00' - interval '-1 year' → 2021-02-28 10:00:00
    timestamp '2020-03-31' - interval '1 month' → 2020-02-29 00:00:00
    timestamp '2020-03-31' - interval '1 month 1 day' → 2020-02-28 00:00:00
    timestamp '2020-01-01' + interval '25 hours' → 2020-01-02 01:00:00
    interval '25 hours' + timestamp '2020-01-01' → 2020-01-02 01:00:00
    timestamptz '2020-01-01 00:00+00' + interval '1 day' → 2020-01-02 00:00:00+00
    interval '1 day' + timestamptz '2020-01-01 00:00+00' → 2020-01-02 00:00:00+00
    timestamptz '2020-01-01 00:00+00' - interval '1 day 1 us' → 2019-12-30 23:59:59.999999+00
    timestamp '0001-01-15' - interval '1 month' → 0001-12-15 00:00:00 BC
    timestamp '0001-01-15' - interval '13 months' → 0002-12-15 00:00:00 BC
    timestamp '2020-01-01' + interval '-14 months' → 2018-11-01 00:00:00
    timestamp '2020-12-31' + interval '2 months' → 2021-02-28 00:00:00
    timestamp '2020-01-01' - interval '4714 years 10 months' → 2696-03-01 00:00:00 BC
    timestamp '2020-01-01' - interval '6733 years 1 month' → error: timestamp out of range
    timestamp '2020-01-01' - interval '6733 years 2 month' → error: timestamp out of range
    timestamp '2020-01-01' + interval '2147483647 days' → error: timestamp out of range
    timestamp '2020-01-01' - interval '2147483647 days' → error: timestamp out of range
    timestamp '2020-01-01' + interval '178956970 years' → error: timestamp out of range
    timestamp '2020-01-01' + interval '2562047788 hours' → error: timestamp out of range
    timestamp '2020-01-01' + '1 day' → 2020-01-02 00:00:00
    timestamp '2020-01-01' - '2019-01-01' → 365 days
    '1 day' + timestamp '2020-01-01' → 2020-01-02 00:00:00
    timestamp '2020-01-01' - timestamp '2019-12-30 12:00' → 1 day 12:00:00
    timestamp '2019-12-30 12:00' - timestamp '2020-01-01' → -1 days -12:00:00
    timestamptz '2020-01-01' - timestamptz '2019-12-30 12:00+02' → 1 day 14:00:00
    timestamp '2020-01-01' - date '2019-12-30' → 2 days
    date '2020-01-01' - timestamp '2019-12-30 01:00' → 1 day 23:00:00
    date '2020-01-01' - date '2019-12-30' → 2
    date '2020-01-01' - '2019-12-30' → 2
    date '2020-01-01' + '1' → error: operator is not unique: date + unknown
    timestamptz '2020-01-01' - timestamp '2019-12-30 12:00' → 1 day 12:00:00
    interval '1 day' + interval '2 months 3 hours' → 2 mons 1 day 03:00:00
    interval '1 day' - interval '2 months 3 hours' → -2 mons +1 day -03:00:00
    interval '1 day' + '3 hours' → 1 day 03:00:00
    '1 day' - interval '3 hours' → 1 day -03:00:00
    - interval '1 day -3 hours' → -1 days +03:00:00
    - interval '-2147483648 days' → error: interval out of range
    + 5 → 5
    - '5' → error: operator is not unique: - unknown
    interval '2147483647 days' + interval '1 day' → error: interval out of range
    interval '1 day' * 2 → 2 days
    interval '1 day' * 1.5 → 1 day 12:00:00
    2 * interval '1 day' → 2 days
    1.5 * interval '1 month 1 day 1 hour' → 1 mon 16 days 13:30:00
    interval '1 month' * 0.3 → 9 days
    interval '1 month' * 0.1 → 3 days
    interval '1 month' * 1.33333 → 1 mon 9 days 23:59:51.36
    interval '1 year 2 months 3 days 4:05:06.789' * 3.14159 → 3 years 7 mons 38 days 34:15:20.749255
    interval '1 year 2 months 3 days 4:05:06.789' * -0.7 → -9 mons -26 days -05:15:34.7523
    interval '1 year 2 months 3 days 4:05:06.789' / 7 → 2 mons 10:52:09.541286
    interval '1 year 2 months 3 days 4:05:06.789' / -2.5 → -5 mons -19 days -06:26:02.7156
    interval '1 month' / 3 → 10 days
    interval '1 month' / 7 → 4 days 06:51:25.6896
    interval '1 day' / 3 → 08:00:00
    interval '1 day' / 0 → error: division by zero
    interval '1 day' / '2' → 12:00:00
    interval '1 day' * '2.5' → 2 days 12:00:00
    '2' * interval '1 day' → 2 days
    interval '1 day' * double precision 'NaN' → error: interval out of range
    interval '1 day' * double precision 'Infinity' → error: interval out of range
    interval '1 us' * 0.5 → 00:00:00
    interval '1 us' * 1.5 → 00:00:00.000002
    interval '3 us' / 2 → 00:00:00.000002
    interval '27 hours' * 0.5 → 13:30:00
    interval '1 day 23:59:59.999999' * 1.1 → 1 day 28:47:59.999999
    interval '-1 month 10 days' * 0.55 → -11 days
    interval '2000000000 days' * 2 → error: interval out of range
    interval '1 month' * 2147483648 → error: interval out of range
    interval '1 day' = interval '24 hours' → true
    interval '1 month' = interval '30 days' → true
    interval '1 month' > interval '29 days 23 hours' → true
    interval '1 month' < interval '30 days 1 us' → true
    interval '1 year' = interval '360 days' → true
    interval '1 day' <> interval '24:00:01' → true
    interval '-1 day' < interval '0' → true
    interval '1 day' between '23 hours' and '25 hours' → true
    interval '1 day' in ('24 hours', '1 month') → true
    interval '1 day' is distinct from interval '24 hours' → false
    nullif(interval '1 day', interval '24 hours') → <NULL>
    greatest(interval '1 day', interval '23 hours', interval '1441 minutes') → 24:01:00
    least(interval '1 day', interval '23 hours') → 23:00:00
    coalesce(null, interval '1 day') → 1 day
    coalesce(interval '1 day', '2 days') → 1 day
    case when true then interval '1 day' else '2 days' end → 1 day
    case interval '1 day' when '24 hours' then 'same' else 'other' end → same
    interval '1 day' = '24 hours' → true
    interval '1 day' || ' long' → 1 day long
    concat(interval '1 day', 5) → 1 day5
    date '2020-01-01' < timestamp '2020-01-01 00:00:01' → true
    date '2020-01-01' = timestamp '2020-01-01' → true
    date '2020-01-01' = timestamptz '2020-01-01 00:00+00' → true
    timestamp '2020-01-01' < timestamptz '2020-01-01 00:00+00' → false
    timestamptz '2020-01-01 01:00+01' = date '2020-01-01' → true
    date '2020-01-01' between '2019-12-31' and timestamp '2020-01-01 12:00' → true
    justify_days(interval '35 days') → 1 mon 5 days
    justify_days(interval '-35 days') → -1 mons -5 days
    justify_days(interval '1 month -5 days') → 25 days
    justify_days(interval '-1 month 35 days') → 5 days
    justify_hours(interval '27 hours') → 1 day 03:00:00
    justify_hours(interval '1 day -27 hours') → -03:00:00
    justify_hours(interval '-1 day 27 hours') → 03:00:00
    justify_interval(interval '1 mon -1 hour') → 29 days 23:00:00
    justify_interval(interval '29 days 25 hours') → 1 mon 01:00:00
    justify_interval(interval '-29 days -25 hours') → -1 mons -01:00:00
    justify_interval(interval '1 month -30 days -24 hours') → -1 days
    justify_interval(interval '2147483647 days 24 hours') → 5965232 years 4 mons 8 days
    justify_interval(interval '2147483647 months 30 days') → error: interval out of range
    justify_interval(interval '1 month 2 days -49 hours') → 29 days 23:00:00
    justify_days('40 days') → 1 mon 10 days
    age(timestamp '2001-04-10', timestamp '1957-06-13') → 43 years 9 mons 27 days
    age(timestamp '1957-06-13', timestamp '2001-04-10') → -43 years -9 mons -27 days
    age(timestamp '2020-03-31', timestamp '2020-02-29') → 1 mon 2 days
    age(timestamp '2020-02-29', timestamp '2020-03-31') → -1 mons -2 days
    age(timestamp '2020-03-01', timestamp '2020-01-31') → 1 mon 1 day
    age(timestamp '2019-03-01', timestamp '2019-01-31') → 1 mon 1 day
    age(timestamp '2020-05-31', timestamp '2020-04-30 12:00') → 1 mon 12:00:00
    age(timestamp '2020-05-30 01:02:03.4', timestamp '2019-04-30 12:13:14.5') → 1 year 29 days 12:48:48.9
    age(timestamptz '2020-05-30 01:02:03.4+02', timestamptz '2019-04-30 12:13:14.5+00') → 1 year 29 days 10:48:48.9
    age(date '2020-01-01', date '2019-02-03') → 10 mons 26 days
    age(timestamp '2020-01-01', '2019-02-03') → 10 mons 26 days
    age(date '2020-01-01', timestamp '2019-02-03') → 10 mons 26 days
    age('2020-01-01', '2019-02-03') → 10 mons 26 days
    age(timestamp '2020-01-01', timestamp '0044-03-15') → 1975 years 9 mons 17 days
    make_interval() → 00:00:00
    make_interval(1, 2, 3, 4, 5, 6, 7.5) → 1 year 2 mons 25 days 05:06:07.5
    make_interval(days => 10) → 10 days
    make_interval(days => 10, secs => 1.0000005) → 10 days 00:00:01.000001
    make_interval(1, days => 2) → 1 year 2 days
    make_interval(years => -1, months => 11) → -1 mons
    make_interval(secs => 'inf') → error: interval out of range
    make_interval(days => 2, days => 1) → error: argument name "days" used more than once
    make_interval(hours => 2147483647, mins => 2147483647) → 2183275041:07:00
    make_interval(weeks => 2, mins => -90) → 14 days -01:30:00
    make_interval(secs => 1e10) → 2777777:46:40
    make_date(2020, 2, 29) → 2020-02-29
    make_date(2019, 2, 29) → error: date field value out of range: 2019-02-29
    make_date(year => 2020, day => 3, month => 4) → 2020-04-03
    make_date(-44, 3, 15) → 0044-03-15 BC
    make_date(0, 3, 15) → error: date field value out of range: 0-03-15
    make_timestamp(2020, 1, 5, 23, 59, 59.9999999) → 2020-01-06 00:00:00
    make_timestamp(2020, 1, 5, 23, 59, 60) → 2020-01-06 00:00:00
    make_timestamp(2020, 1, 5, 24, 0, 0) → 2020-01-06 00:00:00
    make_timestamp(2020, 1, 5, 24, 0, 1) → error: time field value out of range: 24:00:01
    make_timestamp(2020, 13, 5, 1, 2, 3) → error: date field value out of range: 2020-13-05
    make_timestamp(2020, 1, 5, 25, 2, 3.5) → error: time field value out of range: 25:02:3.5
    make_timestamp(2020, 1, 5, 1, -2, 3) → error: time field value out of range: 1:-2:03
    make_timestamp(-44, 3, 15, 12, 30, 1.5) → 0044-03-15 12:30:01.5 BC
    make_timestamp(year => 2020, month => 1, mday => 5, hour => 1, min => 2, sec => 3.5) → 2020-01-05 01:02:03.5
    make_timestamptz(2020, 1, 5, 1, 2, 3.5) → 2020-01-05 01:02:03.5+00
    make_timestamptz(2020, 1, 5, 1, 2, 3.5, '+02') → 2020-01-04 23:02:03.5+00
    make_timestamptz(2020, 1, 5, 1, 2, 3.5, '-03:30') → 2020-01-05 04:32:03.5+00
    make_timestamptz(2020, 1, 5, 1, 2, 3.5, 'UTC') → 2020-01-05 01:02:03.5+00
    make_timestamptz(2020, 1, 5, 1, 2, 3.5, 'UTC+3') → 2020-01-05 04:02:03.5+00
    make_timestamptz(2020, 1, 5, 1, 2, 3.5, '+0530') → 2020-01-04 19:32:03.5+00
    date_bin('15 minutes', timestamp '2020-02-11 15:44:17', timestamp '2001-01-01') → 2020-02-11 15:30:00
    date_bin('15 minutes', timestamp '2020-02-11 15:44:17', timestamp '2001-01-01 00:02:30') → 2020-02-11 15:32:30
    date_bin('15 minutes', timestamp '1999-01-01 00:44', timestamp '2020-01-01 00:02') → 1999-01-01 00:32:00
    date_bin('15 minutes', timestamp '1999-01-01 00:32', timestamp '2020-01-01 00:02') → 1999-01-01 00:32:00
    date_bin('1 month', timestamp '1999-01-01 00:44', timestamp '2020-01-01 00:02') → error: timestamps cannot be binned into intervals containing months or years
    date_bin('0 days', timestamp '1999-01-01 00:44', timestamp '2020-01-01 00:02') → error: stride must be greater than zero
    date_bin('-1 days', timestamp '1999-01-01 00:44', timestamp '2020-01-01 00:02') → error: stride must be greater than zero
    date_bin('1 day', date '2020-02-03', date '2001-01-01') → 2020-02-03 00:00:00+00
    date_bin(interval '7 days', timestamptz '2020-02-03 01:00+00', '2020-01-01') → 2020-01-29 00:00:00+00
    to_timestamp(0) → 1970-01-01 00:00:00+00
    to_timestamp(1284352323) → 2010-09-13 04:32:03+00
    to_timestamp(1284352323.5) → 2010-09-13 04:32:03.5+00
    to_timestamp(1234567890.1234567) → 2009-02-13 23:31:30.123457+00
    to_timestamp(-1.5) → 1969-12-31 23:59:58.5+00
    to_timestamp(double precision 'NaN') → error: timestamp cannot be NaN
    to_timestamp('1.5') → 1970-01-01 00:00:01.5+00
    isfinite(date '2020-01-01') → true
    isfinite(timestamp '2020-01-01') → true
    isfinite(interval '1 day') → true
    isfinite(null::date) → <NULL>
    (date '2020-01-01', date '2020-02-01') overlaps (date '2020-01-15', date '2020-03-01') → true
    (date '2020-01-01', date '2020-02-01') overlaps (date '2020-02-01', date '2020-03-01') → false
    (date '2020-02-01', date '2020-01-01') overlaps (date '2020-01-15', date '2020-01-15') → true
    (date '2020-01-01', interval '1 month') overlaps (date '2020-01-15', interval '1 day') → true
    (timestamp '2020-01-01', interval '1 month') overlaps (timestamp '2020-02-15', timestamp '2020-01-20') → true
    (timestamp '2020-01-01', timestamp '2020-01-01') overlaps (timestamp '2020-01-01', timestamp '2020-01-01') → true
    (date '2020-01-01', null) overlaps (date '2020-01-15', date '2020-02-01') → <NULL>
    (null, date '2020-01-20') overlaps (date '2020-01-15', date '2020-02-01') → true
    (date '2020-01-10', date '2020-01-12') overlaps (date '2020-01-11', null) → true
    (timestamptz '2020-01-01 00:00+00', interval '1 day') overlaps (timestamptz '2020-01-01 23:00+00', interval '1 hour') → true
    timestamp(3) '2020-01-01 00:00:00.1235' → 2020-01-01 00:00:00.124
    timestamp(0) '1999-01-01 00:00:00.5' → 1999-01-01 00:00:00
    timestamp(0) '2001-01-01 00:00:00.5' → 2001-01-01 00:00:01
    timestamptz(1) '2001-01-01 00:00:00.55+00' → 2001-01-01 00:00:00.6+00
    ('2020-01-01 00:00:00.1235'::text)::timestamp(2) → 2020-01-01 00:00:00.12
    interval '1 mon' = interval '1 month' → true
    '1 month'::text::interval + '1 day' → 1 mon 1 day
    timestamp '2020-01-31' + interval '1 month' + interval '1 month' → 2020-03-29 00:00:00
    date '2020-01-01' + 5 + interval '1 hour' → 2020-01-06 01:00:00
    (date '2020-01-01' + interval '1 hour')::date → 2020-01-01
    timestamp '2020-01-01 10:00' - interval '1 day' > date '2019-12-31' → true
    (interval '1 day')::text → 1 day
    cast(interval '1 day' as integer) → error: cannot cast type interval to integer
    interval '1 day' + 5 → error: operator does not exist: interval + integer
    interval '1 day' * interval '1 day' → error: operator does not exist: interval * interval
    interval '1 day' / interval '1 day' → error: operator does not exist: interval / interval
    5 / interval '1 day' → error: operator does not exist: integer / interval
    sum(interval '1 day') → 1 day
    avg(interval '1 month') → 1 mon
    min(interval '1 day') → 1 day
    max('1 day'::interval) → 1 day
    count(distinct interval '1 day') → 1
    make_date(294246, 12, 31) + interval '1 day' → 294247-01-01 00:00:00
    make_timestamp(-4713, 11, 24, 0, 0, 0) - interval '1 us' → 4713-11-23 23:59:59.999999 BC
    age(timestamp '2020-01-01 00:00:00.5', timestamp '2019-12-31 23:59:59.75') → 00:00:00.75
    age(timestamp '2019-12-31 23:59:59.75', timestamp '2020-01-01 00:00:00.5') → -00:00:00.75
    interval '1 day' is null → false
    not (interval '1 day' > interval '2 days') → true
    """#)
}
