extension TimeExample {
  /// Forms of an interval's text.
  static let intervalInput = read(
    #"""
    interval '1 year 2 months 3 days 4 hours 5 minutes 6.789 seconds' → 1 year 2 mons 3 days 04:05:06.789
    interval '1 day' → 1 day
    interval '-1 day' → -1 days
    interval '1 day ago' → -1 days
    interval '1 day -2 hours ago' → -1 days +02:00:00
    interval '-1 mon 3 days' → -1 mons +3 days
    interval '1.5 months' → 1 mon 15 days
    interval '-1.5 months' → -1 mons -15 days
    interval '0.5 years' → 6 mons
    interval '1.3 years' → 1 year 4 mons
    interval '1.04 years' → 1 year
    interval '1.5 weeks' → 10 days 12:00:00
    interval '1.123456789 days' → 1 day 02:57:46.66657
    interval '1.5 decades' → 15 years
    interval '0.01 centuries' → 1 year
    interval '0.001 millennium' → 1 year
    interval '2 millennia 3 centuries 4 decades' → 2340 years
    interval '1-2' → 1 year 2 mons
    interval '-1-2' → -1 years -2 mons
    interval '+1-2' → 1 year 2 mons
    interval '1-2 3 4:05:06' → 1 year 2 mons 3 days 04:05:06
    interval '1-2 -3 -4:05:06' → 1 year 2 mons -3 days -04:05:06
    interval '1-13' → error: interval field value out of range: "1-13"
    interval '3 4:05' → 3 days 04:05:00
    interval '3 4:05:06.7' → 3 days 04:05:06.7
    interval '4:05.5' → 00:04:05.5
    interval '04:05:06' → 04:05:06
    interval '-04:05:06.789' → -04:05:06.789
    interval '- 3 days' → -3 days
    interval '+3 days -4:00' → 3 days -04:00:00
    interval '10 -2:00' → 10 days -02:00:00
    interval '12' → 00:00:12
    interval '12.5' → 00:00:12.5
    interval '.5' → 00:00:00.5
    interval '1.' → 00:00:01
    interval '.5 days' → 12:00:00
    interval '-.5 days' → error: invalid input syntax for type interval: "-.5 days"
    interval '1e3 days' → error: invalid input syntax for type interval: "1e3 days"
    interval '@ 1 minute' → 00:01:00
    interval '@ 3 days 10 hours ago' → -3 days -10:00:00
    interval '1d2h3m4s' → 1 day 02:03:04
    interval '1y2mon3w' → 1 year 2 mons 21 days
    interval '5 us' → 00:00:00.000005
    interval '5 usecs 3 ms' → 00:00:00.003005
    interval '1.7 us' → 00:00:00.000002
    interval '1.5 ms' → 00:00:00.0015
    interval '1500 milliseconds' → 00:00:01.5
    interval '1500 microseconds' → 00:00:00.0015
    interval '1 microsecondsandmore' → 00:00:00.000001
    interval '1 quarter' → error: invalid input syntax for type interval: "1 quarter"
    interval '1 fortnight' → error: invalid input syntax for type interval: "1 fortnight"
    interval '1 day 1 day' → error: invalid input syntax for type interval: "1 day 1 day"
    interval '1 week 1 day' → 8 days
    interval '1 second 1.5 seconds' → error: invalid input syntax for type interval: "1 second 1.5 seconds"
    interval '1 ms 1.5 seconds' → error: invalid input syntax for type interval: "1 ms 1.5 seconds"
    interval '1 ms 1 second' → 00:00:01.001
    interval '1 day hour' → 1 day
    interval 'day' → error: invalid input syntax for type interval: "day"
    interval '1 2 hours' → 1 day 02:00:00
    interval '1 2 days' → error: invalid input syntax for type interval: "1 2 days"
    interval '5 ago' → error: invalid input syntax for type interval: "5 ago"
    interval '' → error: invalid input syntax for type interval: ""
    interval ' ' → error: invalid input syntax for type interval: " "
    interval 'x' → error: invalid input syntax for type interval: "x"
    interval '1:60' → error: interval field value out of range: "1:60"
    interval '1:2:61' → error: interval field value out of range: "1:2:61"
    interval '1:2:60' → 01:03:00
    interval '1:2:3.9999999' → 01:02:04
    interval '100:00:00' → 100:00:00
    interval '2562047788:00:54.775807' → 2562047788:00:54.775807
    interval '2562047789:00:00' → error: interval field value out of range: "2562047789:00:00"
    interval '2147483647 days' → 2147483647 days
    interval '2147483648 days' → error: interval field value out of range: "2147483648 days"
    interval '-2147483648 days' → -2147483648 days
    interval '178956970 years 7 months' → 178956970 years 7 mons
    interval '178956970 years 8 months' → error: interval out of range
    interval '-178956970 years -8 months -2147483648 days -2562047788:00:54.775807' → -178956970 years -8 mons -2147483648 days -2562047788:00:54.775807
    interval '9223372036854775807 us' → 2562047788:00:54.775807
    interval '9223372036854775808 us' → error: interval field value out of range: "9223372036854775808 us"
    interval '99999999999999999999 days' → error: interval field value out of range: "99999999999999999999 days"
    interval '1 year 13 months' → 2 years 1 mon
    interval '36 hours' → 36:00:00
    interval '90 minutes' → 01:30:00
    interval '1 day, 2 hours' → 1 day 02:00:00
    interval '1 day; 2 hours' → 1 day 02:00:00
    interval '1 day/2 hours' → error: invalid input syntax for type interval: "1 day/2 hours"
    interval '2020-01-01' → error: invalid input syntax for type interval: "2020-01-01"
    interval 'P1Y2M3DT4H5M6S' → 1 year 2 mons 3 days 04:05:06
    interval 'P1Y2M3W4DT5H6M7.8S' → 1 year 2 mons 25 days 05:06:07.8
    interval 'P0.5Y' → 6 mons
    interval 'P1.5M' → 1 mon 15 days
    interval 'P1.5W' → 10 days 12:00:00
    interval 'P1.5D' → 1 day 12:00:00
    interval 'PT1.5H' → 01:30:00
    interval 'PT-1.5S' → -00:00:01.5
    interval 'P-1Y-2M' → -1 years -2 mons
    interval 'PT0S' → 00:00:00
    interval 'P' → error: invalid input syntax for type interval: "P"
    interval 'P1' → 1 year
    interval 'PT' → 00:00:00
    interval 'P1YT' → 1 year
    interval 'p1y' → error: invalid input syntax for type interval: "p1y"
    interval 'P0001-02-03T04:05:06' → 1 year 2 mons 3 days 04:05:06
    interval 'P1-2-3' → 1 year 2 mons 3 days
    interval 'P1-2' → 1 year 2 mons
    interval 'P1-2T3' → 1 year 2 mons 03:00:00
    interval 'PT04:05:06.7' → 04:05:06.7
    interval 'PT4:5' → 04:05:00
    interval 'P00010203T040506' → 1 year 2 mons 3 days 04:05:06
    interval 'P00010203' → 1 year 2 mons 3 days
    interval 'PT040506.5' → 04:05:06
    interval 'P1Y1-2' → error: invalid input syntax for type interval: "P1Y1-2"
    interval 'P1H' → error: invalid input syntax for type interval: "P1H"
    interval 'PT1D' → error: invalid input syntax for type interval: "PT1D"
    interval 'P1Y2M garbage' → error: invalid input syntax for type interval: "P1Y2M garbage"
    interval 'P1e1D' → 10 days
    interval '1' year → 1 year
    interval '1' month → 1 mon
    interval '1' day → 1 day
    interval '1' hour → 01:00:00
    interval '1' minute → 00:01:00
    interval '1' second → 00:00:01
    interval '1.5' day → 1 day
    interval '1.5' second → 00:00:01.5
    interval '1.23456' second(2) → 00:00:01.23
    interval '1-2' year to month → 1 year 2 mons
    interval '14' year to month → 1 year 2 mons
    interval '1 2' day to hour → 1 day 02:00:00
    interval '1 2:03' day to minute → 1 day 02:03:00
    interval '1 2:03:04.567' day to second → 1 day 02:03:04.567
    interval '1 2:03:04.567' day to second(1) → 1 day 02:03:04.6
    interval '2:03' hour to minute → 02:03:00
    interval '2:03:04' hour to second → 02:03:04
    interval '2:03' minute to second → 00:02:03
    interval '2:03.5' minute to second → 00:02:03.5
    interval '1 year 2 months 3 days 4:05:06.7' year → 1 year
    interval '1 year 2 months 3 days 4:05:06.7' month → 1 year 2 mons
    interval '1 year 2 months 3 days 4:05:06.7' day → 1 year 2 mons 3 days
    interval '1 year 2 months 3 days 4:05:06.7' hour → 1 year 2 mons 3 days 04:00:00
    interval '1 year 2 months 3 days 4:05:06.7' minute → 1 year 2 mons 3 days 04:05:00
    interval '1 year 2 months 3 days 4:05:06.7' second(0) → 1 year 2 mons 3 days 04:05:07
    interval '-1 day -4:05:06.75' second(1) → -1 days -04:05:06.8
    interval(0) '1 day 4:05:06.5' → 1 day 04:05:07
    interval(3) '4:05:06.12345' → 04:05:06.123
    interval(3) '-4:05:06.1235' → -04:05:06.124
    ('1 year 2 months 3 days 4:05:06.7'::text)::interval day to hour → 1 year 2 mons 3 days 04:00:00
    (interval '1 year 2 months 3 days 4:05:06.7')::interval hour to minute → 1 year 2 mons 3 days 04:05:00
    (interval '4:05:06.789')::interval(1) → 04:05:06.8
    cast('3 days' as interval) → 3 days
    '3 days'::interval → 3 days
    interval '1 year -1 day' → 1 year -1 days
    interval '-1 year 1 day' → -1 years +1 day
    interval '-1 day 00:00:01' → -1 days +00:00:01
    interval '1 day -00:00:01' → 1 day -00:00:01
    interval '-1 year -2 months +3 days -00:00:00.000001' → -1 years -2 mons +3 days -00:00:00.000001
    interval '1 mon' → 1 mon
    interval '-1 mon' → -1 mons
    interval '2 mons' → 2 mons
    interval '0' → 00:00:00
    interval '00:00:00.1' → 00:00:00.1
    interval '1 year 00:00:00.1' → 1 year 00:00:00.1
    """#)
}
