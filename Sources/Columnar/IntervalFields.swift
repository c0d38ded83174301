/// Reads intervals made of numbers and units, after `DecodeInterval` of PostgreSQL's `datetime.c`:
/// from the right, so that units come before their numbers.
enum IntervalFields {
  /// Fields seen, of which none may come twice; as PostgreSQL's `fmask`.
  private struct Seen: OptionSet {
    var rawValue: UInt32

    static let seconds = Seen([.microseconds, .milliseconds, .second])
    static let time = Seen([.hour, .minute, .seconds])
    static let microseconds = Seen(rawValue: 1 << 0)
    static let milliseconds = Seen(rawValue: 1 << 1)
    static let second = Seen(rawValue: 1 << 2)
    static let minute = Seen(rawValue: 1 << 3)
    static let hour = Seen(rawValue: 1 << 4)

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ unit: CalendarField) {
      switch unit {
      case .microseconds: self = .microseconds
      case .milliseconds: self = .milliseconds
      case .second: self = .second
      case .minute: self = .minute
      case .hour: self = .hour
      case .day: self.init(rawValue: 1 << 5)
      case .week: self.init(rawValue: 1 << 6)
      case .month: self.init(rawValue: 1 << 7)
      case .year: self.init(rawValue: 1 << 8)
      case .decade: self.init(rawValue: 1 << 9)
      case .century: self.init(rawValue: 1 << 10)
      default: self.init(rawValue: 1 << 11)
      }
    }
  }

  /// What numbers without a unit count.
  private enum Unit {
    /// Nothing was said yet: the last field of the type modifier, or seconds.
    case open
    case named(CalendarField)
    /// A number must not follow.
    case none
  }

  static func read(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ limit: IntervalLimit, into sum: inout IntervalSum
  ) throws(IntervalProblem) {
    // PostgreSQL's buffer for the text of an interval.
    guard length < 256 else { throw .format }
    var (read, problem) = (IntervalSum(), IntervalProblem?.none)
    withUnsafeTemporaryAllocation(of: IntervalToken.self, capacity: IntervalToken.most) { tokens in
      do throws(IntervalProblem) {
        let count = try IntervalToken.split(
          UnsafeBufferPointer(start: text, count: length), into: tokens)
        try decode(UnsafeBufferPointer(rebasing: tokens[..<count]), limit, into: &read)
      } catch {
        problem = error
      }
    }
    if let problem { throw problem }
    sum = read
  }

  private static func decode(
    _ tokens: UnsafeBufferPointer<IntervalToken>, _ limit: IntervalLimit,
    into sum: inout IntervalSum
  ) throws(IntervalProblem) {
    var seen: Seen = []
    var unit = Unit.open
    var isAgo = false
    for token in tokens.reversed() {
      var added: Seen = []
      switch token.kind {
      case .word:
        if IntervalWord.isAgo(token.bytes) {
          isAgo = true
          unit = .none
        } else if let named = IntervalWord.unit(token.bytes) {
          unit = .named(named)
        } else {
          throw .format
        }
      case .time:
        sum.set(time: try IntervalClock.microseconds(token.bytes, limit))
        added = .time
        unit = .named(.day)
      case .signedNumber where token.bytes.contains(UInt8(ascii: ":")):
        let time = try IntervalClock.microseconds(token.bytes, limit)
        sum.set(time: token.isNegative ? -time : time)
        added = .time
        unit = .named(.day)
      case .number, .signedNumber:
        let field: CalendarField
        switch unit {
        case .open: field = limit.lastField ?? .second
        case .named(let named): field = named
        case .none: throw .format
        }
        unit = .named(field)
        let number = try IntervalNumber(token)
        if number.isYearsAndMonths {
          unit = .named(.month)
          try sum.add(number.whole, 0, .month)
          added = Seen(.month)
          break
        }
        try sum.add(number.whole, number.fraction, field)
        added = field == .second && number.fraction != 0 ? .seconds : Seen(field)
        if field == .hour { unit = .named(.day) }
      }
      guard seen.isDisjoint(with: added) else { throw .format }
      seen.formUnion(added)
    }
    guard !seen.isEmpty else { throw .format }
    if isAgo { try sum.negate() }
  }
}
