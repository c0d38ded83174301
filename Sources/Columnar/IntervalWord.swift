/// The words of an interval's text.
enum IntervalWord {
  /// Whether the word is `ago`, in any case.
  static func isAgo(_ word: UnsafeBufferPointer<UInt8>) -> Bool { lowercase(word) == "ago" }

  /// The unit that PostgreSQL knows by a word, of which it looks at the first ten letters.
  static func unit(_ word: UnsafeBufferPointer<UInt8>) -> CalendarField? {
    switch lowercase(word) {
    case "microsecon": .microseconds
    case "millisecon": .milliseconds
    case "millennium": .millennium
    // Units of other functions alone.
    case "dow", "isodow", "doy", "isoyear", "epoch", "julian", "qtr", "quarter", "timezone",
      "timezone_h", "timezone_m", "microsecond", "millisecond":
      nil
    case let name: CalendarField(name: name)
    }
  }

  private static func lowercase(_ word: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: word.prefix(10).map { $0 | 0x20 }, as: UTF8.self)
  }
}
