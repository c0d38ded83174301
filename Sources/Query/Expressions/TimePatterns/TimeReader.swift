import Columnar

/// Reads a text by a pattern; after `DCH_from_char` of PostgreSQL's `formatting.c`.
struct TimeReader {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// `FX` was met: blanks count.
  private var isExact = false
  /// Characters passed over in the text beyond those in the pattern.
  private var extra = 0
  private(set) var reading = TimeReading()

  /// What `text` says by `pattern`.
  static func read(
    _ text: StringView, by pattern: TimePattern
  ) throws(EvaluationError) -> TimeReading {
    var reader = TimeReader(text: text.bytes)
    for index in pattern.pieces.indices {
      guard reader.position < reader.text.count else { break }
      try reader.take(pattern.pieces, index)
    }
    return reader.reading
  }

  private init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  private var byte: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpaces() {
    while let byte, TimePattern.isSpace(byte) {
      position += 1
      extra += 1
    }
  }

  private mutating func skipCharacter() {
    guard position < text.count else { return }
    position += 1
    while let byte, StringView.isContinuation(byte) { position += 1 }
  }

  private mutating func take(
    _ pieces: [TimePattern.Piece], _ index: Int
  ) throws(EvaluationError) {
    switch pieces[index] {
    case .character(_, let kind):
      if !isExact, index == 0 { skipSpaces() }
      take(kind)
    case .field(let field):
      if !isExact, field.element != .exact { skipSpaces() }
      try reading.follow(field.element.convention)
      try take(field, endsBeforeDigits: Self.endsBeforeDigits(pieces, index))
      if field.ordinal != nil, field.element.isDigits {
        skipCharacter()
        skipCharacter()
      }
      guard !isExact else { return }
      extra = 0
      skipSpaces()
    }
  }

  private mutating func take(_ kind: TimePattern.Kind) {
    if isExact {
      skipCharacter()
    } else if kind == .other {
      // What was passed over already may be what this stands for.
      if extra > 0 { extra -= 1 } else { skipCharacter() }
    } else {
      extra -= 1
      if let byte, TimePattern.isSpace(byte) || TimePattern.isSeparator(byte) {
        position += 1
        extra += 1
      }
    }
  }

  /// Whether digits follow the number at `index`, so that its width says where it ends.
  private static func endsBeforeDigits(_ pieces: [TimePattern.Piece], _ index: Int) -> Bool {
    if case .field(let field) = pieces[index], field.ordinal != nil { return false }
    guard index + 1 < pieces.count else { return false }
    switch pieces[index + 1] {
    case .field(let next): return next.element.isDigits
    case .character(let bytes, _): return bytes.count == 1 && bytes[0] &- 0x30 < 10
    }
  }

  // MARK: Elements

  private mutating func take(
    _ field: TimePattern.Field, endsBeforeDigits: Bool
  ) throws(EvaluationError) {
    let name = field.keyword.name
    func width(_ count: Int) -> Width { Width(count, isFixed: endsBeforeDigits && !field.isFilled) }
    switch field.element {
    case .exact: isExact = true
    case .meridiem:
      let marks = field.keyword.isDotted ? ["A.M.", "P.M."] : ["AM", "PM"]
      try reading.set(.isPM, try takeName(marks, field), of: name)
      reading.isTwelveHourClock = true
    case .era:
      let marks = field.keyword.isDotted ? ["A.D.", "B.C."] : ["AD", "BC"]
      try reading.set(.isBC, try takeName(marks, field), of: name)
    case .monthName:
      try reading.set(.month, try takeName(TimeNames.months, field) + 1, of: name)
    case .shortMonthName:
      try reading.set(.month, try takeName(TimeNames.shortMonths, field) + 1, of: name)
    case .romanMonth:
      try reading.set(.month, 12 - (try takeName(TimeNames.romanMonths, field)), of: name)
    case .dayName: try setDayOfWeek(try takeName(TimeNames.days, field), name)
    case .shortDayName: try setDayOfWeek(try takeName(TimeNames.shortDays, field), name)
    case .hour12:
      try takeNumber(.hour, width(2), name)
      reading.isTwelveHourClock = true
    case .hour24: try takeNumber(.hour, width(2), name)
    case .minute: try takeNumber(.minute, width(2), name)
    case .second: try takeNumber(.second, width(2), name)
    case .secondsOfDay: try takeNumber(.secondsOfDay, width(name.utf8.count), name)
    case .fraction(let digits): try takeFraction(digits, width(digits), field)
    case .month: try takeNumber(.month, width(2), name)
    case .day: try takeNumber(.day, width(2), name)
    case .dayOfYear: try takeNumber(.dayOfYear, width(3), name)
    case .isoDayOfYear: try takeNumber(.dayOfYear, width(3), name)
    case .dayOfWeek: try takeNumber(.dayOfWeek, width(1), name)
    case .isoDayOfWeek:
      try takeNumber(.dayOfWeek, width(1), name)
      // From Monday as 1 to Sunday as 1.
      reading.update(.dayOfWeek) { $0 + 1 > 7 ? 1 : $0 + 1 }
    case .week, .isoWeek: try takeNumber(.week, width(2), name)
    case .weekOfMonth: try takeNumber(.weekOfMonth, width(1), name)
    // Ignored, as the day in the quarter would be unclear.
    case .quarter: try takeNumber(nil, width(1), name)
    case .century: try takeNumber(.century, width(2), name)
    case .julian: try takeNumber(.julian, width(1), name)
    case .yearWithComma: try takeYearWithComma(name)
    case .year(let digits), .isoYear(let digits): try takeYear(digits, width(digits), name)
    case .zoneHours: try takeZoneHours(width(2), name)
    case .zoneMinutes:
      if reading.zoneSign == 0 { reading.zoneSign = 1 }
      try takeNumber(.zoneMinutes, width(2), name)
    case .zoneName, .zoneOffset:
      throw EvaluationError(row: 0, "formatting field \"\(name)\" is only supported in to_char")
    }
  }

  private mutating func setDayOfWeek(_ day: Int, _ name: String) throws(EvaluationError) {
    try reading.set(.dayOfWeek, day, of: name)
    reading.update(.dayOfWeek) { $0 + 1 }
  }

  private mutating func takeFraction(
    _ digits: Int, _ width: Width, _ field: TimePattern.Field
  ) throws(EvaluationError) {
    // MS counts milliseconds of which up to three digits are read; FF3 counts microseconds.
    let isMilliseconds = field.keyword.name.uppercased() == "MS"
    let key: TimeReading.Key = isMilliseconds ? .milliseconds : .microseconds
    let length = try takeNumber(key, width, field.keyword.name)
    var scale = 1
    for _ in max(length, 1)..<max(isMilliseconds ? 3 : 6, max(length, 1)) { scale *= 10 }
    reading.update(key) { $0 * scale }
  }

  private mutating func takeYear(
    _ digits: Int, _ width: Width, _ name: String
  ) throws(EvaluationError) {
    let length = try takeNumber(.year, width, name)
    if digits < 4, length < 4 { reading.update(.year, Self.nearTo2020) }
    reading.yearDigits = digits
  }

  /// A year of fewer than four digits as the one nearest to 2020.
  private static func nearTo2020(_ year: Int) -> Int {
    switch year {
    case ..<70: year + 2000
    case ..<100: year + 1900
    case ..<520: year + 2000
    case ..<1000: year + 1000
    default: year
    }
  }

  private mutating func takeYearWithComma(_ name: String) throws(EvaluationError) {
    let start = position
    var (millennia, years): (Int?, Int?) = (digits(most: 9), nil)
    if millennia != nil, byte == UInt8(ascii: ",") {
      position += 1
      years = digits(most: 3)
    } else {
      millennia = nil
    }
    guard let millennia, let years else {
      position = start
      throw EvaluationError(row: 0, "invalid input string for \"Y,YYY\"")
    }
    let (year, overflow) = millennia.multipliedReportingOverflow(by: 1000)
    guard !overflow, Int32(exactly: year + years) != nil else {
      throw EvaluationError(row: 0, "value for \"Y,YYY\" in source string is out of range")
    }
    try reading.set(.year, year + years, of: name)
    reading.yearDigits = 4
  }

  private mutating func takeZoneHours(_ width: Width, _ name: String) throws(EvaluationError) {
    if let byte, "+- ".utf8.contains(byte) {
      reading.zoneSign = byte == UInt8(ascii: "-") ? -1 : 1
      position += 1
    } else {
      // A minus may have been taken for a separator.
      let wasMinus = extra > 0 && position > 0 && text[position - 1] == UInt8(ascii: "-")
      reading.zoneSign = wasMinus ? -1 : 1
    }
    try takeNumber(.zoneHours, width, name)
  }

  // MARK: Numbers and names

  /// How many digits a number has, or has at most.
  private struct Width {
    var digits: Int
    var isFixed: Bool

    init(_ digits: Int, isFixed: Bool) {
      self.digits = digits
      self.isFixed = isFixed
    }
  }

  /// Digits as a number; `nil` where there are none.
  private mutating func digits(most: Int) -> Int? {
    var value = 0
    var count = 0
    while let byte, byte &- 0x30 < 10, count < most {
      value = value * 10 + Int(byte - 0x30)
      count += 1
      position += 1
    }
    return count == 0 ? nil : value
  }

  /// Takes a number with blanks and a sign before it and answers how many bytes that were.
  @discardableResult
  private mutating func takeNumber(
    _ key: TimeReading.Key?, _ width: Width, _ name: String
  ) throws(EvaluationError) -> Int {
    let beforeBlanks = position
    while let byte, TimePattern.isSpace(byte) { position += 1 }
    let start = position
    let end = width.isFixed ? min(text.count, start + width.digits) : text.count
    if width.isFixed, end - start < width.digits {
      throw EvaluationError(
        row: 0, "source string too short for \"\(name)\" formatting field")
    }
    let shown = String(
      decoding: text[start..<min(text.count, start + width.digits)], as: UTF8.self)
    guard let (value, used) = number(from: start, to: end) else {
      throw EvaluationError(row: 0, "invalid value \"\(shown)\" for \"\(name)\"")
    }
    if width.isFixed, used < width.digits {
      throw EvaluationError(row: 0, "invalid value \"\(shown)\" for \"\(name)\"")
    }
    position = start + used
    guard let narrow = Int32(exactly: value) else {
      throw EvaluationError(
        row: 0, "value for \"\(name)\" in source string is out of range")
    }
    if let key { try reading.set(key, Int(narrow), of: name) }
    return position - beforeBlanks
  }

  /// A number and the bytes it has; one that is too large has some value that is.
  private func number(from start: Int, to end: Int) -> (value: Int, used: Int)? {
    var offset = start
    let isNegative = offset < end && text[offset] == UInt8(ascii: "-")
    if isNegative || (offset < end && text[offset] == UInt8(ascii: "+")) { offset += 1 }
    let firstDigit = offset
    var value = 0
    while offset < end, text[offset] &- 0x30 < 10 {
      value = min(value * 10 + Int(text[offset] - 0x30), 1 << 40)
      offset += 1
    }
    return offset == firstDigit ? nil : (isNegative ? -value : value, offset - start)
  }

  /// Takes the first of `names` that stands here, in any case, and answers its index.
  private mutating func takeName(
    _ names: [String], _ field: TimePattern.Field
  ) throws(EvaluationError) -> Int {
    let rest = text[position...]
    let found = names.firstIndex { name in
      rest.count >= name.utf8.count
        && zip(name.utf8, rest).allSatisfy { Self.lower($0) == Self.lower($1) }
    }
    guard let found else {
      let word = rest.prefix { !TimePattern.isSpace($0) }
      throw EvaluationError(
        row: 0,
        "invalid value \"\(String(decoding: word, as: UTF8.self))\" for "
          + "\"\(field.keyword.name)\"")
    }
    position += names[found].utf8.count
    return found
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
