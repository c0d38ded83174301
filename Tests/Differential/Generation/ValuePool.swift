import Columnar

/// Values at which things go wrong, as text, by the names of the types.
enum ValuePool {
  /// Values of a type; none for one that is not known here, so that its columns hold NULL only.
  static func values(of type: ColumnType) -> [String] { values[type.name] ?? [] }

  /// Whether the type is one of numbers.
  static func isNumber(_ type: ColumnType) -> Bool {
    [.integer, .bigint, .numeric, .double].contains(type)
  }

  /// Doubles whose sums are exact in any order.
  static let tameDoubles = ["0", "1", "-1", "0.5", "2.25", "-3.75", "100", "1024.125", "7"]

  /// Text that reads as numbers, mostly.
  static let numberTexts = ["12", "-7", "3.5", "0", " 42 ", "1e3", "abc", "", "007", "2013-01-31"]

  private static let values: [String: [String]] = [
    "boolean": ["true", "false"],
    "integer": ["0", "1", "-1", "2", "3", "7", "12", "100", "365", "2147483647", "-2147483648"],
    "bigint": [
      "0", "1", "-1", "3", "10", "-12", "4294967296", "1000000007", "9223372036854775807",
      "-9223372036854775808",
    ],
    // No two of them are equal: which of equal ones stands for a group is not said.
    "numeric": [
      "0", "1", "-1", "1.5", "2.5", "-0.5", "0.001", "123456789.123456789", "-12345.678", "10",
      "99999999999999999999", "0.00000000000000000001", "3.14159265358979", "7", "-2.50",
    ],
    "double precision": [
      "0", "-0", "1", "-1", "0.5", "2.5", "0.1", "-3.75", "1e308", "-1e308", "1e-308", "5e-324",
      "NaN", "Infinity", "-Infinity", "123456789012345680", "1e15", "1e16", "1e-5", "0.0001",
      "2147483648", "9223372036854775807", "4.35",
    ],
    "text": [
      "", " ", "a", "abc", "ABC", "aBc dEf", "äöü", "straße", "ÀÉ", "日本語", "x,y,z", ",", ",,",
      "a,b", "  padded  ", "a%b", "a_b", "a\\b", "it's", "\"quoted\"", "line\nbreak", "tab\there",
      "\r\n", "NULL", "NaN", "0", "12", "-7.5", "true", "🦀", "é", "e\u{301}", "ﬁ", "ǅ", "İ", "ᾀβγ",
      "ᾳ ŉ",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaa", "hello world", "hello-world_42",
    ],
    "date": [
      "2000-01-01", "2012-02-29", "1999-12-31", "1970-01-01", "1969-12-31", "0001-01-01",
      "0001-12-31 BC", "0044-03-15 BC", "9999-12-31", "2024-12-30", "2021-01-03", "1900-02-28",
      "2100-03-01", "5874897-12-31", "4713-01-01 BC", "2013-07-15", "10000-01-01",
    ],
    "timestamp": [
      "2000-01-01 00:00:00", "2013-03-01 12:34:56.789", "1969-12-31 23:59:59.999999",
      "0044-03-15 12:00:00 BC", "2012-02-29 23:59:59.5", "9999-12-31 23:59:59.999999",
      "1970-01-01 00:00:00", "2021-01-03 06:07:08", "0001-01-01 00:00:00", "20000-06-15 01:02:03",
      "2024-12-30 18:00:00.000001", "1900-02-28 00:00:00.1",
    ],
    "timestamptz": [
      "2000-01-01 00:00:00+00", "2013-03-01 12:34:56.789+00", "1969-12-31 23:59:59.999999+00",
      "2012-02-29 23:59:59.5+05:30", "9999-12-31 23:59:59.999999+00", "2021-01-03 06:07:08-08",
      "0044-03-15 12:00:00+00 BC", "0001-01-01 00:00:00+00", "20000-06-15 01:02:03+00",
    ],
    "interval": [
      "00:00:00", "1 day", "-1 days", "1 mon", "1 year 2 mons", "3 days 04:05:06.789",
      "-00:00:00.000001", "100 days", "13 mons", "-2 mons 3 days", "25:00:00", "29 days",
    ],
  ]
}
