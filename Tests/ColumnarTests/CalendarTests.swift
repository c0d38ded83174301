import Columnar
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct CalendarTests {
  /// `timegm` counts days on its own.
  @Test(arguments: UInt64(1)...4)
  func daysAgreeWithTheSystem(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<1000 {
      let days = Int32.random(in: -719_162...2_932_896, using: &random)
      let day = Calendar.day(days)
      var time = tm()
      time.tm_year = Int32(day.year - 1900)
      time.tm_mon = Int32(day.month - 1)
      time.tm_mday = Int32(day.day)
      #expect(timegm(&time) == Int(days) * 86_400)
      #expect(Calendar.extract(.dayOfWeek, days: days) == Int64(time.tm_wday))
      #expect(Calendar.extract(.dayOfYear, days: days) == Int64(time.tm_yday + 1))
      #expect(Calendar.days(year: day.year, month: day.month, day: day.day) == days)
      #expect(
        parsed(written { ValueFormatter.write(date: days, to: $0) }, ValueParser.date) == days)
    }
  }

  @Test(arguments: [Int32.min, Int32.max, 0, -1])
  func extremesDoNotTrap(days: Int32) {
    for field in CalendarField.allCases {
      _ = Calendar.extract(field, days: days)
      _ = Calendar.truncate(days: days, to: field)
      for timestamp in [Int64.min, Int64.max, Int64(days)] {
        _ = Calendar.extract(field, timestamp: timestamp)
        _ = Calendar.truncate(timestamp, to: field)
      }
    }
    _ = Calendar.timestamp(days)
    _ = written { ValueFormatter.write(date: days, to: $0) }
    _ = written { ValueFormatter.write(timestamptz: Int64.min, to: $0) }
    _ = written { ValueFormatter.write(timestamptz: Int64.max, to: $0) }
  }

  @Test(arguments: [
    ("2013-01-31", 15_736), ("1970-01-01", 0), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ("2012-02-29", 15_399), (" 2013-1-5 ", 15_710), ("2013-02-29", nil), ("2013-13-01", nil),
    ("2013-00-01", nil), ("2013-01-00", nil), ("0000-01-01", nil), ("13-01-01", nil),
    ("2013-01-31 10:00", nil), ("2013-1-031", nil), ("2013/01/31", nil), ("", nil),
    ("2013-01-", nil), ("0044-03-15 BC", -735_161), ("0001-12-31BC", -719_163),
    ("2013-01-31 ad", 15_736), ("10000-01-01", 2_932_897), ("5874897-12-31", 2_145_042_905),
    ("5874898-01-01", nil), ("0000-01-01 BC", nil), ("BC", nil), (" BC", nil),
  ])
  func dates(text: String, expected: Int32?) {
    #expect(parsed(text, ValueParser.date) == expected)
  }

  @Test(arguments: [
    ("2013-01-31", 15_736), ("2013-01-31 23:59:59.9999999", 15_736),
    ("2013-01-31T10:00+02", 15_736), ("0044-03-15 12:00:00 BC", -735_161), ("2013-01-31 x", nil),
    ("2013-01-31 25:00", nil),
  ])
  func daysOfTimes(text: String, expected: Int32?) {
    #expect(parsed(text, ValueParser.dayOfTime) == expected)
  }

  /// The expected texts are PostgreSQL 15's, in UTC.
  @Test(arguments: [
    ("2013-01-31", "2013-01-31 00:00:00", "2013-01-31 00:00:00+00"),
    ("2013-01-31T10:00", "2013-01-31 10:00:00", "2013-01-31 10:00:00+00"),
    ("2013-01-31 10:00:05.25", "2013-01-31 10:00:05.25", "2013-01-31 10:00:05.25+00"),
    ("2013-01-31 10:00:05.1234565", "2013-01-31 10:00:05.123456", "2013-01-31 10:00:05.123456+00"),
    ("2013-01-31 23:59:59.9999999", "2013-02-01 00:00:00", "2013-02-01 00:00:00+00"),
    ("2013-01-31 24:00:00", "2013-02-01 00:00:00", "2013-02-01 00:00:00+00"),
    ("2013-01-31 10:00:60", "2013-01-31 10:01:00", "2013-01-31 10:01:00+00"),
    ("2013-01-31 10:00:00Z", "2013-01-31 10:00:00", "2013-01-31 10:00:00+00"),
    ("2013-01-31 10:00:00+02", "2013-01-31 10:00:00", "2013-01-31 08:00:00+00"),
    ("2013-01-31 10:00:00 -05:30", "2013-01-31 10:00:00", "2013-01-31 15:30:00+00"),
    ("2013-01-31 10:00:00+0545", "2013-01-31 10:00:00", "2013-01-31 04:15:00+00"),
    ("0001-01-01 00:00:00+01", "0001-01-01 00:00:00", "0001-12-31 23:00:00+00 BC"),
    ("0044-03-15 12:00:00 BC", "0044-03-15 12:00:00 BC", "0044-03-15 12:00:00+00 BC"),
    ("0044-03-15 12:00:00+02 BC", "0044-03-15 12:00:00 BC", "0044-03-15 10:00:00+00 BC"),
    ("20000-06-15 01:02:03", "20000-06-15 01:02:03", "20000-06-15 01:02:03+00"),
  ])
  func timestamps(text: String, local: String, instant: String) throws {
    let timestamp = try #require(parsed(text, ValueParser.timestamp))
    #expect(written { ValueFormatter.write(timestamp: timestamp, to: $0) } == local)
    let timestamptz = try #require(parsed(text, ValueParser.timestamptz))
    #expect(written { ValueFormatter.write(timestamptz: timestamptz, to: $0) } == instant)
  }

  @Test(arguments: [
    "", "2013-01-31 25:00", "2013-01-31 10", "2013-01-31 10:60", "2013-01-31 10:00:61",
    "2013-01-31 24:00:01", "2013-01-31 10:00:00.x", "2013-01-31 10:00:00+16",
    "2013-01-31 10:00:00+",
    "2013-01-31 10:00:00Zz", "2013-01-31 10:00:00 nonsense", "2013-02-30 10:00:00", "2013-01-31T",
    "300000-01-01 00:00:00",
  ])
  func refusesAsTimestamp(text: String) {
    #expect(parsed(text, ValueParser.timestamp) == nil)
    #expect(parsed(text, ValueParser.timestamptz) == nil)
  }

  @Test(arguments: [
    ("milliseconds", "2013-05-17 10:11:12.345678", "2013-05-17 10:11:12.345"),
    ("second", "2013-05-17 10:11:12.345678", "2013-05-17 10:11:12"),
    ("minute", "2013-05-17 10:11:12.345678", "2013-05-17 10:11:00"),
    ("hour", "1913-05-17 10:11:12.345678", "1913-05-17 10:00:00"),
    ("day", "1913-05-17 10:11:12.345678", "1913-05-17 00:00:00"),
    ("week", "2013-05-17 10:11:12", "2013-05-13 00:00:00"),
    ("months", "2013-05-17 10:11:12", "2013-05-01 00:00:00"),
    ("quarter", "2013-05-17 10:11:12", "2013-04-01 00:00:00"),
    ("YEAR", "2013-05-17 10:11:12", "2013-01-01 00:00:00"),
    ("decade", "2013-05-17 10:11:12", "2010-01-01 00:00:00"),
    ("century", "2000-05-17 10:11:12", "1901-01-01 00:00:00"),
    ("millennium", "2000-05-17 10:11:12", "1001-01-01 00:00:00"),
  ])
  func truncation(field: String, text: String, expected: String) throws {
    let timestamp = try #require(parsed(text, ValueParser.timestamp))
    let unit = try #require(CalendarField(name: field))
    let cut = try #require(Calendar.truncate(timestamp, to: unit))
    #expect(written { ValueFormatter.write(timestamp: cut, to: $0) } == expected)
  }

  @Test(arguments: [
    ("microseconds", "12345678"), ("milliseconds", "12345.678"), ("second", "12.345678"),
    ("minute", "11"), ("hour", "10"), ("day", "1"), ("dow", "0"), ("isodow", "7"), ("doy", "1"),
    ("week", "52"), ("isoyear", "2016"), ("month", "1"), ("quarter", "1"), ("year", "2017"),
    ("decade", "201"), ("century", "21"), ("millennium", "3"), ("epoch", "1483265472.345678"),
  ])
  func extraction(field: String, expected: String) throws {
    let timestamp = try #require(parsed("2017-01-01 10:11:12.345678", ValueParser.timestamp))
    let field = try #require(CalendarField(name: field))
    #expect(Calendar.extract(field, timestamp: timestamp).description == expected)
  }

  @Test func datesHaveNoTimeOfDay() {
    #expect(Calendar.extract(.hour, days: 0) == nil)
    #expect(Calendar.extract(.epoch, days: 2) == 172_800)
    #expect(CalendarField(name: "fortnight") == nil)
    #expect(Calendar.truncate(days: 0, to: .epoch) == nil)
  }
}
