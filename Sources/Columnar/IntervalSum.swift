/// Adds up the fields of an interval's text as PostgreSQL 15 does: fractions of years become months,
/// those of months and weeks days and time, those of smaller units time.
struct IntervalSum {
  private var years: Int32 = 0
  private var months: Int32 = 0
  private var days: Int32 = 0
  private(set) var microseconds: Int64 = 0

  /// The interval, or `nil` when its months are out of range.
  var interval: Interval? {
    guard let total = Int32(exactly: Int64(years) * 12 + Int64(months)) else { return nil }
    return Interval(months: total, days: days, microseconds: microseconds)
  }

  /// Adds `whole` and `fraction`, of one sign, times a unit.
  mutating func add(
    _ whole: Int64, _ fraction: Double, _ unit: CalendarField
  ) throws(IntervalProblem) {
    switch unit {
    case .microseconds: try addTime(whole, fraction, 1)
    case .milliseconds: try addTime(whole, fraction, 1000)
    case .second: try addTime(whole, fraction, 1_000_000)
    case .minute: try addTime(whole, fraction, 60_000_000)
    case .hour: try addTime(whole, fraction, 3_600_000_000)
    case .day:
      try Self.add(whole, 1, to: &days)
      try addTime(0, fraction, Calendar.microsecondsPerDay)
    case .week:
      try Self.add(whole, 7, to: &days)
      try addDays(fraction * 7)
    case .month:
      try Self.add(whole, 1, to: &months)
      try addDays(fraction * Double(Interval.daysPerMonth))
    case .year: try addYears(whole, fraction, 1)
    case .decade: try addYears(whole, fraction, 10)
    case .century: try addYears(whole, fraction, 100)
    case .millennium: try addYears(whole, fraction, 1000)
    default: throw .format
    }
  }

  /// Replaces what is below days, as a time of day does.
  mutating func set(time: Int64) { microseconds = time }

  /// Negates every part.
  mutating func negate() throws(IntervalProblem) {
    guard years != .min, months != .min, days != .min, microseconds != .min else { throw .field }
    (years, months, days, microseconds) = (-years, -months, -days, -microseconds)
  }

  private mutating func addYears(
    _ whole: Int64, _ fraction: Double, _ unit: Int32
  ) throws(IntervalProblem) {
    try Self.add(whole, unit, to: &years)
    let more = (fraction * Double(unit) * 12).rounded(.toNearestOrEven)
    guard let more = Int64(exactly: more) else { throw .field }
    try Self.add(more, 1, to: &months)
  }

  private mutating func addDays(_ amount: Double) throws(IntervalProblem) {
    let whole = amount.rounded(.towardZero)
    guard let more = Int64(exactly: whole) else { throw .field }
    try Self.add(more, 1, to: &days)
    try addTime(0, amount - whole, Calendar.microsecondsPerDay)
  }

  private mutating func addTime(
    _ whole: Int64, _ fraction: Double, _ unit: Int64
  ) throws(IntervalProblem) {
    let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
    let amount = fraction * Double(unit)
    guard !overflow, var more = Int64(exactly: amount.rounded(.towardZero)) else { throw .field }
    let rest = amount - Double(more)
    if rest > 0.5 { more += 1 } else if rest < -0.5 { more -= 1 }
    let (first, noFirst) = microseconds.addingReportingOverflow(product)
    let (sum, noSum) = first.addingReportingOverflow(more)
    guard !noFirst, !noSum else { throw .field }
    microseconds = sum
  }

  private static func add(
    _ whole: Int64, _ unit: Int32, to part: inout Int32
  ) throws(IntervalProblem) {
    guard let narrow = Int32(exactly: whole) else { throw .field }
    let (product, noProduct) = narrow.multipliedReportingOverflow(by: unit)
    let (sum, noSum) = part.addingReportingOverflow(product)
    guard !noProduct, !noSum else { throw .field }
    part = sum
  }
}
