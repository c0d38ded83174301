/// Reads intervals of ISO 8601: `P1Y2M3DT4H5M6S`, `P0001-02-03T04:05:06`, `P00010203T040506`; after
/// `DecodeISO8601Interval` of PostgreSQL's `datetime.c`.
struct IntervalDesignators {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 1
  private var isTime = false
  private var hasField = false

  static func read(
    _ text: UnsafePointer<UInt8>, _ length: Int, into sum: inout IntervalSum
  ) throws(IntervalProblem) {
    guard length >= 2, text[0] == UInt8(ascii: "P") else { throw .format }
    var reader = IntervalDesignators(bytes: UnsafeBufferPointer(start: text, count: length))
    try reader.read(into: &sum)
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private struct Number {
    var whole: Int64
    var fraction: Double
    /// Digits before the point.
    var width: Int
  }

  private mutating func read(into sum: inout IntervalSum) throws(IntervalProblem) {
    while position < bytes.count {
      if take("T") {
        startTime()
        continue
      }
      let number = try number()
      let goesOn = isTime ? try time(number, &sum) : try date(number, &sum)
      guard goesOn else { return }
    }
  }

  private mutating func startTime() {
    isTime = true
    hasField = false
  }

  /// Adds a field of the date's side; false at the end of the text.
  private mutating func date(
    _ number: Number, _ sum: inout IntervalSum
  ) throws(IntervalProblem) -> Bool {
    let designators: [(String, CalendarField)] = [
      ("Y", .year), ("M", .month), ("W", .week), ("D", .day),
    ]
    for (letter, unit) in designators where take(letter) {
      try sum.add(number.whole, number.fraction, unit)
      hasField = true
      return true
    }
    let isEnd = position == bytes.count
    let isTimeNext = !isEnd && bytes[position] == UInt8(ascii: "T")
    guard isEnd || isTimeNext || take("-") else { throw .format }
    if isEnd || isTimeNext, number.width == 8, !hasField {
      try sum.add(number.whole / 10_000, 0, .year)
      try sum.add(number.whole / 100 % 100, 0, .month)
      try sum.add(number.whole % 100, 0, .day)
      try sum.add(0, number.fraction, .day)
      return try continues()
    }
    guard !hasField else { throw .format }
    try sum.add(number.whole, number.fraction, .year)
    if isEnd || isTimeNext { return try continues() }
    let months = try self.number()
    try sum.add(months.whole, months.fraction, .month)
    guard take("-") else { return try continues() }
    let days = try self.number()
    try sum.add(days.whole, days.fraction, .day)
    return try continues()
  }

  /// Whether a time follows; nothing else but the end may.
  private mutating func continues() throws(IntervalProblem) -> Bool {
    if position == bytes.count { return false }
    guard take("T") else { throw .format }
    startTime()
    return true
  }

  /// Adds a field of the time's side; false at the end of the text.
  private mutating func time(
    _ number: Number, _ sum: inout IntervalSum
  ) throws(IntervalProblem) -> Bool {
    let designators: [(String, CalendarField)] = [("H", .hour), ("M", .minute), ("S", .second)]
    for (letter, unit) in designators where take(letter) {
      try sum.add(number.whole, number.fraction, unit)
      hasField = true
      return true
    }
    let isEnd = position == bytes.count
    guard isEnd || take(":") else { throw .format }
    if isEnd, number.width == 6, !hasField {
      try sum.add(number.whole / 10_000, 0, .hour)
      try sum.add(number.whole / 100 % 100, 0, .minute)
      try sum.add(number.whole % 100, 0, .second)
      try sum.add(0, number.fraction, .microseconds)
      return false
    }
    guard !hasField else { throw .format }
    try sum.add(number.whole, number.fraction, .hour)
    if isEnd { return false }
    let minutes = try self.number()
    try sum.add(minutes.whole, minutes.fraction, .minute)
    if position == bytes.count { return false }
    guard take(":") else { throw .format }
    let seconds = try self.number()
    try sum.add(seconds.whole, seconds.fraction, .second)
    guard position == bytes.count else { throw .format }
    return false
  }

  private mutating func take(_ letter: String) -> Bool {
    guard position < bytes.count, bytes[position] == letter.utf8.first else { return false }
    position += 1
    return true
  }

  /// The number that stands next.
  private mutating func number() throws(IntervalProblem) -> Number {
    let start = position
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    let firstDigit = position
    skipDigits()
    let width = position - firstDigit
    if take(".") { skipDigits() }
    let length = position - start
    guard length > 0, let base = bytes.baseAddress,
      let value = ValueParser.double(base + start, length)
    else { throw .format }
    guard value.magnitude <= 1e15 else { throw .field }
    let whole = value.rounded(.towardZero)
    return Number(whole: Int64(whole), fraction: value - whole, width: width)
  }

  private mutating func skipDigits() {
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
  }
}
