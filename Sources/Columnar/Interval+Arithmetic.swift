extension Interval {
  /// The sum part by part, or `nil` when a part is out of range.
  package func adding(_ other: Interval) -> Interval? {
    let (months, noMonths) = months.addingReportingOverflow(other.months)
    let (days, noDays) = days.addingReportingOverflow(other.days)
    let (time, noTime) = microseconds.addingReportingOverflow(other.microseconds)
    if noMonths || noDays || noTime { return nil }
    return Interval(months: months, days: days, microseconds: time)
  }

  /// The difference part by part, or `nil` when a part is out of range.
  package func subtracting(_ other: Interval) -> Interval? {
    let (months, noMonths) = months.subtractingReportingOverflow(other.months)
    let (days, noDays) = days.subtractingReportingOverflow(other.days)
    let (time, noTime) = microseconds.subtractingReportingOverflow(other.microseconds)
    if noMonths || noDays || noTime { return nil }
    return Interval(months: months, days: days, microseconds: time)
  }

  /// Every part negated, or `nil` when one is out of range.
  package var negated: Interval? { Interval.zero.subtracting(self) }

  /// The span `factor` times, as `interval_mul` of PostgreSQL's `timestamp.c`; `nil` when it is out
  /// of range.
  package func multiplied(by factor: Double) -> Interval? { scaled { $0 * factor } }

  /// The span divided by `divisor`, which is not zero, as `interval_div`; `nil` when it is out of
  /// range.
  package func divided(by divisor: Double) -> Interval? { scaled { $0 / divisor } }

  /// Scales each part; fractions of months become days and fractions of days time, a month being 30
  /// days long.
  private func scaled(_ scale: (Double) -> Double) -> Interval? {
    let (monthsWanted, daysWanted) = (scale(Double(months)), scale(Double(days)))
    guard let months = Int32(truncating: monthsWanted), var days = Int32(truncating: daysWanted)
    else { return nil }
    let monthDays = Self.rounded(
      (monthsWanted - Double(months)) * Double(Self.daysPerMonth))
    var seconds = Self.rounded(
      (daysWanted - Double(days) + monthDays - monthDays.rounded(.towardZero)) * 86_400)
    if seconds.magnitude >= 86_400 {
      let more = (seconds / 86_400).rounded(.towardZero)
      guard let sum = Int32(exactly: Double(days) + more) else { return nil }
      days = sum
      seconds -= more * 86_400
    }
    let time = (scale(Double(microseconds)) + seconds * 1_000_000).rounded(.toNearestOrEven)
    guard let days = Int32(exactly: Double(days) + monthDays.rounded(.towardZero)),
      let microseconds = Int64(exactly: time)
    else { return nil }
    return Interval(months: months, days: days, microseconds: microseconds)
  }

  /// A number rounded to six decimals, which takes away the noise of binary fractions.
  private static func rounded(_ value: Double) -> Double {
    (value * 1_000_000).rounded(.toNearestOrEven) / 1_000_000
  }

  /// Whole days of 24 hours moved from the time to the days; `nil` when they are out of range.
  package var withJustifiedHours: Interval? {
    var result = self
    let whole = microseconds / Calendar.microsecondsPerDay
    result.microseconds -= whole * Calendar.microsecondsPerDay
    guard let days = Int32(exactly: Int64(days) + whole) else { return nil }
    result.days = days
    result.alignTime()
    return result
  }

  /// Whole months of 30 days moved from the days to the months; `nil` when they are out of range.
  package var withJustifiedDays: Interval? {
    var result = self
    guard result.carryDays() else { return nil }
    if result.months > 0, result.days < 0 {
      result.days += Self.daysPerMonth
      result.months -= 1
    } else if result.months < 0, result.days > 0 {
      result.days -= Self.daysPerMonth
      result.months += 1
    }
    return result
  }

  /// Days and months both justified, and all parts of one sign; `nil` when it is out of range.
  package var justified: Interval? {
    var result = self
    // First the days, where both have one sign, so that their sum cannot overflow.
    if days.signum() * Int32(microseconds.signum()) > 0, !result.carryDays() { return nil }
    let whole = result.microseconds / Calendar.microsecondsPerDay
    result.microseconds -= whole * Calendar.microsecondsPerDay
    guard let days = Int32(exactly: Int64(result.days) + whole) else { return nil }
    result.days = days
    guard result.carryDays() else { return nil }
    let rest = result.days != 0 ? result.days.signum() : Int32(result.microseconds.signum())
    if result.months > 0, rest < 0 {
      result.days += Self.daysPerMonth
      result.months -= 1
    } else if result.months < 0, rest > 0 {
      result.days -= Self.daysPerMonth
      result.months += 1
    }
    result.alignTime()
    return result
  }

  /// Moves whole months from the days to the months; false when they are out of range.
  private mutating func carryDays() -> Bool {
    let whole = days / Self.daysPerMonth
    let (sum, overflow) = months.addingReportingOverflow(whole)
    days -= whole * Self.daysPerMonth
    months = sum
    return !overflow
  }

  /// Gives the time, which is below a day, the sign of the days.
  private mutating func alignTime() {
    if days > 0, microseconds < 0 {
      microseconds += Calendar.microsecondsPerDay
      days -= 1
    } else if days < 0, microseconds > 0 {
      microseconds -= Calendar.microsecondsPerDay
      days += 1
    }
  }
}

extension Int32 {
  /// The number without its decimals, or `nil` when it does not fit before they are cut off.
  fileprivate init?(truncating value: Double) {
    guard value >= -2_147_483_648, value < 2_147_483_648 else { return nil }
    self.init(value)
  }
}
