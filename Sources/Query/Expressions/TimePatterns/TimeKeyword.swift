/// A word of a pattern as it is written.
struct TimeKeyword: Equatable {
  /// How the letters of a name are to be written.
  enum LetterCase { case upper, capitalized, lower }

  /// The word.
  var name: String
  var element: TimeElement

  /// The case of names, shown by that of the word.
  var letterCase: LetterCase {
    let letters = name.utf8.filter { $0 != UInt8(ascii: ".") }
    guard let first = letters.first, let second = letters.dropFirst().first else { return .upper }
    if first & 0x20 != 0 { return .lower }
    return second & 0x20 == 0 ? .upper : .capitalized
  }

  /// Whether there are points behind the letters of AM, PM, AD and BC.
  var isDotted: Bool { name.contains(".") }

  /// The longest word that `bytes` begins with; letter case counts.
  static func first(in bytes: ArraySlice<UInt8>) -> TimeKeyword? {
    guard let start = bytes.first else { return nil }
    return byFirstByte[start]?.first { bytes.starts(with: $0.name.utf8) }
  }

  /// The words by their first byte, longest first.
  private static let byFirstByte: [UInt8: [TimeKeyword]] = {
    var words = capitals
    // In lower case they mean the same, but for the case of what they write.
    words += capitals.map { TimeKeyword(name: $0.name.lowercased(), element: $0.element) }
    words += [
      ("Month", .monthName), ("Mon", .shortMonthName), ("Day", .dayName),
      ("Dy", .shortDayName),
    ].map { TimeKeyword(name: $0, element: $1) }
    return Dictionary(grouping: words.sorted { $0.name.utf8.count > $1.name.utf8.count }) {
      $0.name.utf8.first ?? 0
    }
  }()

  private static let capitals: [TimeKeyword] = {
    let named: [(String, TimeElement)] = [
      ("A.M.", .meridiem), ("P.M.", .meridiem), ("AM", .meridiem), ("PM", .meridiem),
      ("A.D.", .era), ("B.C.", .era), ("AD", .era), ("BC", .era), ("CC", .century),
      ("MONTH", .monthName), ("MON", .shortMonthName), ("RM", .romanMonth), ("MM", .month),
      ("DAY", .dayName), ("DY", .shortDayName), ("DDD", .dayOfYear), ("DD", .day),
      ("D", .dayOfWeek), ("IDDD", .isoDayOfYear), ("ID", .isoDayOfWeek), ("HH24", .hour24),
      ("HH12", .hour12), ("HH", .hour12), ("MI", .minute), ("SSSSS", .secondsOfDay),
      ("SSSS", .secondsOfDay), ("SS", .second), ("MS", .fraction(digits: 3)),
      ("US", .fraction(digits: 6)), ("Y,YYY", .yearWithComma), ("Q", .quarter), ("WW", .week),
      ("IW", .isoWeek), ("W", .weekOfMonth), ("J", .julian), ("TZH", .zoneHours),
      ("TZM", .zoneMinutes), ("TZ", .zoneName), ("OF", .zoneOffset), ("FX", .exact),
    ]
    let counted = (1...6).map { ("FF\($0)", TimeElement.fraction(digits: $0)) }
    let years = (1...4).flatMap { digits in
      let letters = String(repeating: "Y", count: digits)
      return [
        (letters, TimeElement.year(digits: digits)),
        ("I\(letters.dropFirst())", TimeElement.isoYear(digits: digits)),
      ]
    }
    return (named + counted + years).map { TimeKeyword(name: $0, element: $1) }
  }()
}
