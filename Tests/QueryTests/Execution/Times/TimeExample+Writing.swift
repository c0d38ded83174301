extension TimeExample {
  /// Patterns that write.
  static let writing = read(
    #"""
    to_char(timestamp '2020-01-02 03:04:05.678901', 'YYYY-MM-DD HH24:MI:SS.US') → 2020-01-02 03:04:05.678901
    to_char(timestamp '2020-01-02 03:04:05.678901', 'YYYY YYY YY Y Y,YYY') → 2020 020 20 0 2,020
    to_char(timestamp '2020-01-02 03:04:05.678901', 'yyyy yyy yy y y,yyy') → 2020 020 20 0 2,020
    to_char(timestamp '2020-01-02 03:04:05.678901', 'IYYY IYY IY I IW IDDD ID') → 2020 020 20 0 01 004 4
    to_char(timestamp '2021-01-02 03:04:05.678901', 'IYYY IYY IY I IW IDDD ID') → 2020 020 20 0 53 370 6
    to_char(timestamp '2018-12-31 03:04:05.678901', 'IYYY-"W"IW-ID IDDD') → 2019-W01-1 001
    to_char(timestamp '2020-01-02 03:04:05.678901', 'MONTH|Month|month|MON|Mon|mon') → JANUARY  |January  |january  |JAN|Jan|jan
    to_char(timestamp '2020-09-02 03:04:05.678901', 'FMMONTH|FMMonth|FMmonth|FMMON|FMMon|FMmon') → SEPTEMBER|September|september|SEP|Sep|sep
    to_char(timestamp '2020-09-02 03:04:05.678901', 'DAY|Day|day|DY|Dy|dy') → WEDNESDAY|Wednesday|wednesday|WED|Wed|wed
    to_char(timestamp '2020-09-02 03:04:05.678901', 'FMDAY|FMDay|FMday|FMDY|FMDy|FMdy') → WEDNESDAY|Wednesday|wednesday|WED|Wed|wed
    to_char(timestamp '2020-09-02 03:04:05.678901', 'TMMonth|TMDay|TMMON|TMdy') → September|Wednesday|SEP|wed
    to_char(timestamp '2020-01-02 03:04:05.678901', 'D DD DDD ddd dd d') → 5 02 002 002 02 5
    to_char(timestamp '2020-01-02 03:04:05.678901', 'FMD FMDD FMDDD FMMM FMHH24 FMMI FMSS FMMS FMUS') → 5 2 2 1 3 4 5 678 678901
    to_char(timestamp '2020-01-02 03:04:05.678901', 'HH HH12 HH24 MI SS MS US SSSS SSSSS') → 03 03 03 04 05 678 678901 11045 11045
    to_char(timestamp '2020-01-02 13:04:05.678901', 'HH HH12 HH24 AM PM am pm A.M. P.M. a.m. p.m.') → 01 01 13 PM PM pm pm P.M. P.M. p.m. p.m.
    to_char(timestamp '2020-01-02 00:00:00', 'HH12:MI AM') → 12:00 AM
    to_char(timestamp '2020-01-02 12:00:00', 'HH12:MI AM') → 12:00 PM
    to_char(timestamp '2020-01-02 03:04:05.678901', 'FF1 FF2 FF3 FF4 FF5 FF6 ff3') → 6 67 678 6789 67890 678901 678
    to_char(timestamp '2020-01-02 03:04:05', 'FF1 FF2 FF3 FF4 FF5 FF6') → 0 00 000 0000 00000 000000
    to_char(timestamp '2020-08-02 03:04:05.678901', 'Q WW W CC J RM rm FMRM') → 3 31 1 21 2459064 VIII viii VIII
    to_char(timestamp '2000-12-31 03:04:05.678901', 'Q WW W CC J RM rm FMRM') → 4 53 5 20 2451910 XII  xii  XII
    to_char(timestamp '2001-01-01 03:04:05.678901', 'CC CCth BC AD b.c. A.D.') → 21 21st AD AD a.d. A.D.
    to_char(timestamp '2020-01-02 03:04:05.678901', 'TZ tz OF TZH TZM') →   +00 +00 00
    to_char(timestamptz '2020-01-02 03:04:05.678901+00', 'TZ tz OF TZH TZM TZH:TZM FMOF') → UTC utc +00 +00 00 +00:00 +0
    to_char(date '2020-01-02', 'TZ OF YYYY') → UTC +00 2020
    to_char(timestamp '2020-01-01', 'DDth DDTH ddth') → 01st 01ST 01st
    to_char(timestamp '2020-01-02', 'DDth FMDDth FMDDTH') → 02nd 2nd 2ND
    to_char(timestamp '2020-01-03', 'FMDDth YYYYth HH12th') → 3rd 2020th 12th
    to_char(timestamp '2020-01-11', 'FMDDth') → 11th
    to_char(timestamp '2020-01-12', 'FMDDth') → 12th
    to_char(timestamp '2020-01-13', 'FMDDth') → 13th
    to_char(timestamp '2020-01-21', 'FMDDth') → 21st
    to_char(timestamp '2020-01-22', 'FMDDth DDDth Dth Qth WWth') → 22nd 022nd 4th 1st 04th
    to_char(timestamp '2020-01-23', 'FMDDth Y,YYYth MSth USth SSSSth Jth') → 23rd 2,020th 000th 000000th 0th 2458872nd
    to_char(timestamp '2020-01-02', '"Year: "YYYY" done"') → Year: 2020 done
    to_char(timestamp '2020-01-02', '"YYYY" \"YYYY\" YYYY') → YYYY "2020" 2020
    to_char(timestamp '2020-01-02', '"a\"b" YYYY') → a"b 2020
    to_char(timestamp '2020-01-02', '"unterminated YYYY') → unterminated YYYY
    to_char(timestamp '2020-01-02', 'YYYYMMDD') → 20200102
    to_char(timestamp '2020-01-02', 'YYYYY') → 20200
    to_char(timestamp '2020-01-02', 'DDDD') → 0025
    to_char(timestamp '2020-01-02', 'Day, DDth of Month YYYY') → Thursday , 02nd +00 January   2020
    to_char(timestamp '2020-01-02', 'hello world') → hello 1orl5
    to_char(timestamp '2020-01-02', 'äöü YYYY €') → äöü 2020 €
    to_char(timestamp '2020-01-02', 'FMabc FM FMYYYY') → aad  2020
    to_char(timestamp '2020-01-02', '') → <NULL>
    to_char(timestamp '2020-01-02', 'FX YYYY FXMM') →  2020 01
    to_char(timestamp '2020-01-02 03:04:05', 'HH24MISS') → 030405
    to_char(timestamp '2020-01-02 03:04:05', 'hh24:mi:ss') → 03:04:05
    to_char(timestamp '2020-01-02 03:04:05', 'Hh24:Mi:Ss') → Hh24:M0:Ss
    to_char(timestamp '0001-01-02 03:04:05' - interval '1 year', 'YYYY YYY YY Y BC AD bc Y,YYY CC') → 0001 001 01 1 BC BC bc 0,001 -01
    to_char(timestamp '0001-01-02 03:04:05' - interval '100 years', 'YYYY YYY YY Y BC AD a.d. IYYY CC') → 0100 100 00 0 BC BC b.c. 0100 -01
    to_char(timestamp '0999-01-02', 'YYYY FMYYYY Y,YYY FMY,YYY YYY YY CC') → 0999 999 0,999 0,999 999 99 10
    to_char(timestamp '2020-01-02' + interval '10000 years', 'YYYY Y,YYY YYY CC J') → 12020 12,020 020 121 6111276
    to_char(date '2013-02-03', 'YYYY-MM-DD') → 2013-02-03
    to_char(null::timestamp, 'YYYY') → <NULL>
    to_char(interval '15h 2m 12s', 'HH24:MI:SS') → 15:02:12
    to_char(interval '15h 2m 12.345678s', 'HH12:MI:SS.MS US AM FF2') → 03:02:12.345 345678 PM 34
    to_char(interval '-15h -2m -12.345s', 'HH24:MI:SS MS') → -15:-02:-12 -345
    to_char(interval '-15h -2m -12.345s', 'HH12 HH SSSS FMHH24') → -03 -03 -54132 -15
    to_char(interval '100 hours', 'HH24 HH12 HH AM FMHH') → 100 04 04 AM 4
    to_char(interval '2 years 3 months 4 days', 'YYYY MM DD YY Y Y,YYY CC DDD') → 0002 03 04 02 2 0,002 00 814
    to_char(interval '-2 years -3 months -4 days', 'YYYY MM DD YY Y DDD FMYYYY') → -0002 -03 -4 -02 -2 -814 -2
    to_char(interval '225 years', 'CC YYYY FMCC') → 02 0225 2
    to_char(interval '2 years 3 months 4 days', 'Q W WW RM') → 1 1 117 III 
    to_char(interval '12 months', 'Q RM MM') →  XII  00
    to_char(interval '-3 months', 'RM') → X   
    to_char(interval '4 days', 'RM|MM|Q') → |00|
    to_char(interval '1 day', 'DDth DDDth') → 01st 001st
    to_char(interval '1 day', 'TZ') → error: invalid format specification for an interval value
    to_char(interval '1 day', 'Month') → error: invalid format specification for an interval value
    to_char(interval '1 day', '') → <NULL>
    to_char('2020-01-01', 'YYYY') → error: function to_char(unknown, unknown) is not unique
    to_char(timestamp '2020-05-05 09:08:07', 'FMHH12:FMMI:FMSS FMam') → 9:8:7 am
    to_char(timestamp '2020-05-05 09:08:07.5', 'SS.MS') → 07.500
    to_char(timestamp '2020-12-31', 'DDD WW IW IYYY') → 366 53 53 2020
    to_char(timestamp '2024-02-29', 'Dy DD Mon YYYY') → Thu 29 Feb 2024
    to_char(timestamp '2020-05-31', 'FMMonth FMDD, FMYYYY') → May 31, 2020
    to_char(timestamp '2020-06-15 23:59:59.999999', 'HH12:MI:SS.US p.m.') → 11:59:59.999999 p.m.
    """#)
}
