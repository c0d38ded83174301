extension Calendar {
  /// The first and the last timestamp: PostgreSQL's first, 4714-11-24 BC, and the last that 64 bits
  /// of microseconds since 1970 hold (PostgreSQL, which counts from 2000, has 30 years more).
  package static var timestamps: ClosedRange<Int64> { -210_866_803_200_000_000...(Int64.max - 1) }

  /// `timestamp` moved by `interval`: first its months, to the same day of the month or its last,
  /// then its days, then its time; `nil` when a step is out of range.
  package static func adding(_ interval: Interval, to timestamp: Int64) -> Int64? {
    moved(timestamp, Int(interval.months), Int64(interval.days), interval.microseconds)
  }

  /// As ``adding(_:to:)``, backwards.
  package static func subtracting(_ interval: Interval, from timestamp: Int64) -> Int64? {
    guard interval.microseconds != .min else { return nil }
    return moved(
      timestamp, -Int(interval.months), -Int64(interval.days), -interval.microseconds)
  }

  private static func moved(
    _ timestamp: Int64, _ months: Int, _ days: Int64, _ microseconds: Int64
  ) -> Int64? {
    var result = timestamp
    if months != 0 {
      let (date, time) = split(result)
      guard let moved = self.moved(day(date), months: months).flatMap({ self.timestamp($0) })
      else { return nil }
      let (sum, overflow) = moved.addingReportingOverflow(time)
      guard !overflow, timestamps.contains(sum) else { return nil }
      result = sum
    }
    if days != 0 {
      // Below 2^31 days of 2^37 microseconds.
      let (span, noSpan) = days.multipliedReportingOverflow(by: microsecondsPerDay)
      let (sum, overflow) = result.addingReportingOverflow(span)
      guard !noSpan, !overflow, timestamps.contains(sum) else { return nil }
      result = sum
    }
    let (sum, overflow) = result.addingReportingOverflow(microseconds)
    return overflow || !timestamps.contains(sum) ? nil : sum
  }

  private static func moved(_ day: Day, months: Int) -> Int32? {
    let month = day.year * 12 + day.month - 1 + months
    let year = month >= 0 ? month / 12 : -((11 - month) / 12)
    let inYear = month - year * 12 + 1
    return days(
      year: year, month: inYear, day: min(day.day, length(ofMonth: inYear, year: year)))
  }

  /// The time from `start` to `end` in days of 24 hours and the rest; `nil` when it is out of range.
  package static func interval(from start: Int64, to end: Int64) -> Interval? {
    let (span, overflow) = end.subtractingReportingOverflow(start)
    return overflow ? nil : Interval(microseconds: span).withJustifiedHours
  }

  /// The time from `start` to `end` in years, months, days and the rest, as `age` of PostgreSQL: a
  /// month that is borrowed from has the days of the earlier one's month.
  package static func age(from start: Int64, to end: Int64) -> Interval? {
    if end < start { return age(from: end, to: start)?.negated }
    let (first, last) = (split(start), split(end))
    let (from, to) = (day(first.days), day(last.days))
    var time = last.microseconds - first.microseconds
    var days = to.day - from.day
    var months = (to.year - from.year) * 12 + to.month - from.month
    if time < 0 {
      time += microsecondsPerDay
      days -= 1
    }
    if days < 0 {
      days += length(ofMonth: from.month, year: from.year)
      months -= 1
    }
    guard let months = Int32(exactly: months), let days = Int32(exactly: days) else { return nil }
    return Interval(months: months, days: days, microseconds: time)
  }

  /// Microseconds rounded to so many decimals of a second, half away from zero.
  package static func rounded(_ microseconds: Int64, toDecimals decimals: Int) -> Int64? {
    guard (0..<6).contains(decimals) else { return microseconds }
    let unit = Int64(PowersOfTen.narrow[6 - decimals])
    let half = microseconds < 0 ? -unit / 2 : unit / 2
    let (sum, overflow) = microseconds.addingReportingOverflow(half)
    return overflow ? nil : sum - sum % unit
  }

  /// The start of the stretch of `stride` microseconds, above zero, counted from `origin`, that
  /// `timestamp` lies in; `nil` when it is out of range.
  package static func bin(_ timestamp: Int64, stride: Int64, origin: Int64) -> Int64? {
    let (distance, overflow) = timestamp.subtractingReportingOverflow(origin)
    guard !overflow else { return nil }
    let rest = distance % stride
    let start = timestamp - rest
    guard rest < 0 else { return start }
    let (earlier, tooEarly) = start.subtractingReportingOverflow(stride)
    return tooEarly || !timestamps.contains(earlier) ? nil : earlier
  }
}
