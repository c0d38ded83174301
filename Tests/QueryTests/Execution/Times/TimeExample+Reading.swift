extension TimeExample {
  /// Patterns that read.
  static let reading = read(
    #"""
    to_date('2020-01-02', 'YYYY-MM-DD') → 2020-01-02
    to_date('20200102', 'YYYYMMDD') → 2020-01-02
    to_date('2020 1 2', 'YYYY MM DD') → 2020-01-02
    to_date('02 Jan 2020', 'DD Mon YYYY') → 2020-01-02
    to_date('02January2020', 'DDMonthYYYY') → 2020-01-02
    to_date('2 september 2020', 'DD MONTH YYYY') → 2020-09-02
    to_date('Thursday, 2 January 2020', 'Day, DD Month YYYY') → 2020-01-02
    to_date('Thu 02.01.20', 'Dy DD.MM.YY') → 2020-01-02
    to_date('02/01/99', 'DD/MM/YY') → 1999-01-02
    to_date('02/01/69', 'DD/MM/YY') → 2069-01-02
    to_date('02/01/70', 'DD/MM/YY') → 1970-01-02
    to_date('1/2/020', 'MM/DD/YYY') → 2020-01-02
    to_date('1/2/520', 'MM/DD/YYY') → 1520-01-02
    to_date('1/2/999', 'MM/DD/YYY') → 1999-01-02
    to_date('1/2/5', 'MM/DD/Y') → 2005-01-02
    to_date('1,234 5 6', 'Y,YYY MM DD') → 1234-05-06
    to_date('2020-033', 'YYYY-DDD') → 2020-02-02
    to_date('2020-366', 'YYYY-DDD') → 2020-12-31
    to_date('2019-366', 'YYYY-DDD') → error: date/time field value out of range: "2019-366"
    to_date('2020-W05-3', 'IYYY-"W"IW-ID') → 2020-01-29
    to_date('2020-05', 'IYYY-IW') → 2020-01-27
    to_date('2020-123', 'IYYY-IDDD') → 2020-04-30
    to_date('2020-05', 'YYYY-WW') → 2020-01-29
    to_date('2020-05-2', 'YYYY-MM-W') → 2020-05-08
    to_date('2458850', 'J') → 2020-01-01
    to_date('44-03-15 BC', 'YYYY-MM-DD BC') → 0044-03-15 BC
    to_date('-44-03-15', 'YYYY-MM-DD') → 0044-03-15 BC
    to_date('21 20', 'CC YY') → 2020-01-01
    to_date('20 00', 'CC YY') → 2000-01-01
    to_date('21', 'CC') → 2001-01-01
    to_date('6 BC', 'CC BC') → 0600-01-01 BC
    to_date('XII 2020', 'RM YYYY') → 2020-12-01
    to_date('viii 2020', 'RM YYYY') → 2020-08-01
    to_date('2020-13-01', 'YYYY-MM-DD') → error: date/time field value out of range: "2020-13-01"
    to_date('2020-02-30', 'YYYY-MM-DD') → error: date/time field value out of range: "2020-02-30"
    to_date('2019-02-29', 'YYYY-MM-DD') → error: date/time field value out of range: "2019-02-29"
    to_date('2020-00-01', 'YYYY-MM-DD') → 2020-01-01
    to_date('02-30', 'MM-DD') → 0001-03-01 BC
    to_date('2020', 'YYYY') → 2020-01-01
    to_date('', 'YYYY') → 0001-01-01 BC
    to_date('2020', '') → 0001-01-01 BC
    to_date('2020-01', 'YYYY-MM-DD') → 2020-01-01
    to_date('abc', 'YYYY') → error: invalid value "abc" for "YYYY"
    to_date('2020-xx', 'YYYY-MM') → error: invalid value "xx" for "MM"
    to_date('20201', 'YYYYMM') → 2020-01-01
    to_date('2020ab', 'YYYYMM') → error: invalid value "ab" for "MM"
    to_date('2020  01   02', 'YYYY MM DD') → 2020-01-02
    to_date('  2020-01-02', 'YYYY-MM-DD') → 2020-01-02
    to_date('2020/01.02', 'YYYY-MM-DD') → 2020-01-02
    to_date('2020-01-02', 'YYYYMMDD') → 2020-01-01
    to_date('2020 Foo 02', 'YYYY Mon DD') → error: invalid value "Foo" for "Mon"
    to_date('2020 1 2', 'FXYYYY MM DD') → 2020-01-02
    to_date('2020 01 02', 'FXYYYY MM DD') → 2020-01-02
    to_date('2020  01 02', 'FXYYYY MM DD') → 2020-01-02
    to_date('1st January 2020', 'DDth Month YYYY') → 2020-01-01
    to_date('22nd Feb 2020', 'FMDDth Mon YYYY') → 2020-02-22
    to_date('2020-01-02', 'IYYY-MM-DD') → error: invalid combination of date conventions
    to_date('2020 2021', 'YYYY YYYY') → error: conflicting values for "YYYY" field in formatting string
    to_date('2020-Q1-02', 'YYYY-"Q"Q-MM') → 2020-02-01
    to_date('99999999999-01-01', 'YYYY-MM-DD') → error: value for "YYYY" in source string is out of range
    to_date('9999999-01-01', 'YYYY-MM-DD') → error: date out of range: "9999999-01-01"
    to_date('4713-01-01 BC', 'YYYY-MM-DD BC') → 4713-01-01 BC
    to_date('5000-01-01 BC', 'YYYY-MM-DD BC') → error: date out of range: "5000-01-01 BC"
    to_date('day 5 of 2020', '"day" DDD "of" YYYY') → 2020-01-05
    to_date('2020年1月2日', 'YYYY年MM月DD日') → 2020-01-02
    to_date('5', 'DDD') → error: cannot calculate day of year without year information
    to_date('2020-1-2', 'YYYY-MM-DD TZ') → 2020-01-02
    to_date('15 2020', 'DDD YYYY') → 2020-01-15
    to_timestamp('2020-01-02 03:04:05', 'YYYY-MM-DD HH24:MI:SS') → 2020-01-02 03:04:05+00
    to_timestamp('2020-01-02 03:04:05.678', 'YYYY-MM-DD HH24:MI:SS.MS') → 2020-01-02 03:04:05.678+00
    to_timestamp('2020-01-02 03:04:05.6', 'YYYY-MM-DD HH24:MI:SS.MS') → 2020-01-02 03:04:05.6+00
    to_timestamp('2020-01-02 03:04:05.06', 'YYYY-MM-DD HH24:MI:SS.MS') → 2020-01-02 03:04:05.06+00
    to_timestamp('2020-01-02 03:04:05.678901', 'YYYY-MM-DD HH24:MI:SS.US') → 2020-01-02 03:04:05.678901+00
    to_timestamp('2020-01-02 03:04:05.67', 'YYYY-MM-DD HH24:MI:SS.US') → 2020-01-02 03:04:05.67+00
    to_timestamp('2020-01-02 03:04:05.678901', 'YYYY-MM-DD HH24:MI:SS.FF4') → 2020-01-02 03:04:05.6789+00
    to_timestamp('2020-01-02 03:04:05.678901', 'YYYY-MM-DD HH24:MI:SS.FF6') → 2020-01-02 03:04:05.678901+00
    to_timestamp('2020-01-02 03:04:05 PM', 'YYYY-MM-DD HH12:MI:SS AM') → 2020-01-02 15:04:05+00
    to_timestamp('2020-01-02 12:04:05 am', 'YYYY-MM-DD HH:MI:SS am') → 2020-01-02 00:04:05+00
    to_timestamp('2020-01-02 12:04:05 p.m.', 'YYYY-MM-DD HH:MI:SS a.m.') → 2020-01-02 12:04:05+00
    to_timestamp('2020-01-02 13:04:05 PM', 'YYYY-MM-DD HH12:MI:SS AM') → error: hour "13" is invalid for the 12-hour clock
    to_timestamp('2020-01-02 00:04', 'YYYY-MM-DD HH12:MI') → error: hour "0" is invalid for the 12-hour clock
    to_timestamp('2020-01-02 24:00', 'YYYY-MM-DD HH24:MI') → error: date/time field value out of range: "2020-01-02 24:00"
    to_timestamp('2020-01-02 23:60', 'YYYY-MM-DD HH24:MI') → error: date/time field value out of range: "2020-01-02 23:60"
    to_timestamp('2020-01-02 86399', 'YYYY-MM-DD SSSS') → 2020-01-02 23:59:59+00
    to_timestamp('2020-01-02 03:04 +02', 'YYYY-MM-DD HH24:MI TZH') → 2020-01-02 01:04:00+00
    to_timestamp('2020-01-02 03:04 -02:30', 'YYYY-MM-DD HH24:MI TZH:TZM') → 2020-01-02 05:34:00+00
    to_timestamp('2020-01-02 03:04-02', 'YYYY-MM-DD HH24:MI-TZH') → 2020-01-02 01:04:00+00
    to_timestamp('2020-01-02 03:04 +16', 'YYYY-MM-DD HH24:MI TZH') → error: time zone displacement out of range: "2020-01-02 03:04 +16"
    to_timestamp('20200102030405', 'YYYYMMDDHH24MISS') → 2020-01-02 03:04:05+00
    to_timestamp('2020 Jan 2', 'YYYY Mon DD') → 2020-01-02 00:00:00+00
    to_timestamp('Jan 2, 2020 3:04 PM', 'Mon DD, YYYY HH12:MI PM') → 2020-01-02 15:04:00+00
    to_timestamp('02/Jan/2020:03:04:05 +0000', 'DD/Mon/YYYY:HH24:MI:SS TZHTZM') → 2020-01-02 03:04:05+00
    to_timestamp('1997 A.D. 11 16', 'YYYY B.C. MM DD') → 1997-11-16 00:00:00+00
    to_timestamp('0097/Feb/16 --> 08:14:30', 'YYYY/Mon/DD --> HH:MI:SS') → 0097-02-16 08:14:30+00
    to_timestamp('97/2/16 8:14:30', 'FMYYYY/FMMM/FMDD FMHH:FMMI:FMSS') → 0097-02-16 08:14:30+00
    to_timestamp('2011$March$18 23_38_15', 'YYYY-MON-DD HH24:MI:SS') → error: invalid value "ch" for "DD"
    to_timestamp('1985 January 12', 'YYYY FMMonth DD') → 1985-01-12 00:00:00+00
    to_timestamp('My birthday-> Year: 1976, Month: May, Day: 16', '"My birthday-> Year:" YYYY, "Month:" FMMonth, "Day:" DD') → 1976-05-16 00:00:00+00
    to_timestamp('1,582nd VIII 21', 'Y,YYYth FMRM DD') → 1582-08-21 00:00:00+00
    to_timestamp('15 "text between quote marks" 98 54 45', 'HH24 "\"text between quote marks\"" YY MI SS') → 1998-01-01 15:54:45+00
    to_timestamp('05121445482000', 'MMDDHH24MISSYYYY') → 2000-05-12 14:45:48+00
    to_timestamp('2000January09Sunday', 'YYYYFMMonthDDFMDay') → 2000-01-09 00:00:00+00
    to_timestamp('97/Feb/16', 'YYMonDD') → error: invalid value "/Feb/16" for "Mon"
    to_timestamp('97/Feb/16', 'YY:Mon:DD') → 1997-02-16 00:00:00+00
    to_timestamp('97/Feb/16', 'FXYY:Mon:DD') → 1997-02-16 00:00:00+00
    to_timestamp('97/Feb/16', 'FXYY/Mon/DD') → 1997-02-16 00:00:00+00
    to_timestamp('19971116', 'YYYYMMDD') → 1997-11-16 00:00:00+00
    to_timestamp('20000-1116', 'YYYY-MMDD') → 20000-11-16 00:00:00+00
    to_timestamp('1997-11-16 BC', 'YYYY-MM-DD BC') → 1997-11-16 00:00:00+00 BC
    to_timestamp('9-1116', 'Y-MMDD') → 2009-11-16 00:00:00+00
    to_timestamp('95-1116', 'YY-MMDD') → 1995-11-16 00:00:00+00
    to_timestamp('995-1116', 'YYY-MMDD') → 1995-11-16 00:00:00+00
    to_timestamp('2005426', 'YYYYWWD') → 2005-10-15 00:00:00+00
    to_timestamp('2005300', 'YYYYDDD') → 2005-10-27 00:00:00+00
    to_timestamp('2005527', 'IYYYIWID') → 2006-01-01 00:00:00+00
    to_timestamp('005527', 'IYYIWID') → 2006-01-01 00:00:00+00
    to_timestamp('05527', 'IYIWID') → 2006-01-01 00:00:00+00
    to_timestamp('5527', 'IIWID') → 2006-01-01 00:00:00+00
    to_timestamp('2005364', 'IYYYIDDD') → 2006-01-01 00:00:00+00
    to_timestamp('20050302', 'YYYYMMDD') → 2005-03-02 00:00:00+00
    to_timestamp('2005 03 02', 'YYYYMMDD') → 2005-03-02 00:00:00+00
    to_timestamp(' 2005 03 02', 'YYYYMMDD') → 2005-03-02 00:00:00+00
    to_timestamp('  20050302', 'YYYYMMDD') → 2005-03-02 00:00:00+00
    to_timestamp('2011-12-18 23:38 PM', 'YYYY-MM-DD HH12:MI PM') → error: hour "23" is invalid for the 12-hour clock
    to_timestamp('2011-12-18 11:38 PM', 'YYYY-MM-DD HH12:MI PM') → 2011-12-18 23:38:00+00
    to_timestamp('2011-12-18 11:38 +05', 'YYYY-MM-DD HH12:MI TZH') → 2011-12-18 06:38:00+00
    to_timestamp('2011-12-18 11:38 20', 'YYYY-MM-DD HH12:MI TZM') → 2011-12-18 11:18:00+00
    to_timestamp('2000 +   JUN', 'YYYY MON') → 2000-06-01 00:00:00+00
    to_timestamp('  2000 +JUN', 'YYYY MON') → 2000-06-01 00:00:00+00
    to_timestamp('2000 -10', 'YYYY TZH') → 2000-01-01 10:00:00+00
    to_timestamp('2000 -10', 'YYYY  TZH') → 1999-12-31 14:00:00+00
    to_date('2011 x 12 x 18', 'YYYY x MM x DD') → 2011-12-18
    to_date('2011x12x18', 'YYYYxMMxDD') → 2011-12-18
    to_date('2011 x12 x18', 'YYYYxMMxDD') → error: invalid value "x1" for "MM"
    to_timestamp('199711xy', 'YYYYMMDD') → error: invalid value "xy" for "DD"
    to_timestamp('10000000000', 'FMYYYY') → error: value for "YYYY" in source string is out of range
    to_timestamp('2016-06-13 15:50:55', 'YYYY-MM-DD HH:MI:SS') → error: hour "15" is invalid for the 12-hour clock
    to_timestamp('2016-02-30 15:50:55', 'YYYY-MM-DD HH24:MI:SS') → error: date/time field value out of range: "2016-02-30 15:50:55"
    to_timestamp('1997 BC 11', 'YYYY AD MM') → 1997-11-01 00:00:00+00 BC
    """#)
}
