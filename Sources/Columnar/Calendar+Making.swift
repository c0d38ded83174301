extension Calendar {
  /// Microseconds since midnight of a time of day up to 24:00:00, or `nil` when there is none such.
  package static func time(hour: Int, minute: Int, second: Double) -> Int64? {
    guard (0...24).contains(hour), (0...59).contains(minute), second >= 0, second <= 60 else {
      return nil
    }
    let below = Int64((second * 1_000_000).rounded(.toNearestOrEven))
    let time = Int64(hour * 60 + minute) * 60_000_000 + below
    return time <= microsecondsPerDay ? time : nil
  }

  /// The timestamp so many microseconds after a day's midnight, or `nil` when it is out of range.
  package static func timestamp(_ days: Int32, _ time: Int64) -> Int64? {
    guard let midnight = timestamp(days) else { return nil }
    let (sum, overflow) = midnight.addingReportingOverflow(time)
    return overflow || !timestamps.contains(sum) ? nil : sum
  }

  /// The instant so many seconds after 1970-01-01 00:00:00 UTC, or `nil` when it is out of range.
  ///
  /// Rounded as PostgreSQL does, whose microseconds count from 2000.
  package static func timestamp(epoch seconds: Double) -> Int64? {
    let since2000 = ((seconds - 946_684_800) * 1_000_000).rounded(.toNearestOrEven)
    guard let microseconds = Int64(exactly: since2000) else { return nil }
    let (sum, overflow) = microseconds.addingReportingOverflow(epoch2000)
    return overflow || !timestamps.contains(sum) ? nil : sum
  }

  /// A timestamp rounded to so many decimals of a second, half away from 2000-01-01.
  package static func rounded(timestamp: Int64, toDecimals decimals: Int) -> Int64? {
    let (since2000, noDistance) = timestamp.subtractingReportingOverflow(epoch2000)
    guard !noDistance, let rounded = rounded(since2000, toDecimals: decimals) else { return nil }
    let (sum, overflow) = rounded.addingReportingOverflow(epoch2000)
    return overflow || !timestamps.contains(sum) ? nil : sum
  }

  /// 2000-01-01 00:00:00.
  private static var epoch2000: Int64 { 946_684_800_000_000 }

  /// As ``truncate(_:to:)`` in the zone `seconds` east of UTC.
  package static func truncate(
    _ timestamp: Int64, to field: CalendarField, zone seconds: Int
  ) -> Int64? {
    let offset = Int64(seconds) * 1_000_000
    let (local, overflow) = timestamp.addingReportingOverflow(offset)
    guard !overflow, let cut = truncate(local, to: field) else { return nil }
    let (instant, tooEarly) = cut.subtractingReportingOverflow(offset)
    return tooEarly || !timestamps.contains(instant) ? nil : instant
  }
}
