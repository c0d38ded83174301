/// A span of time as PostgreSQL's `interval`: months, days and microseconds, which are kept apart
/// because months and days have no fixed length.
///
/// `==` compares the parts; SQL's equality, in which a month has 30 days, is ``compare(_:)``.
package struct Interval: Sendable, BitwiseCopyable, Equatable {
  /// The part below days; may exceed a day and have another sign than the other parts.
  package var microseconds: Int64
  /// Days.
  package var days: Int32
  /// Months, years included.
  package var months: Int32

  /// The span with these parts.
  @inlinable
  package init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
    self.microseconds = microseconds
    self.days = days
    self.months = months
  }

  /// No time at all.
  @inlinable
  package static var zero: Interval { Interval() }

  /// Days in a month where PostgreSQL has to take some number.
  package static var daysPerMonth: Int32 { 30 }

  /// The length in microseconds with days of 24 hours and months of 30 days: what PostgreSQL
  /// compares and hashes.
  package var span: Int128 {
    let days = Int64(months) * Int64(Self.daysPerMonth) + Int64(self.days)
    return Int128(days) * Int128(Calendar.microsecondsPerDay) + Int128(microseconds)
  }

  /// Negative, zero or positive as the span is shorter than, as long as or longer than `other`.
  package func compare(_ other: Interval) -> Int {
    let (left, right) = (span, other.span)
    return left < right ? -1 : (left == right ? 0 : 1)
  }

  /// The parts that PostgreSQL shows: years and months have one sign, hours, minutes, seconds and
  /// microseconds too.
  package var fields: Fields {
    Fields(
      years: Int(months / 12), months: Int(months % 12), days: Int(days),
      hours: Int(microseconds / 3_600_000_000), minutes: Int(microseconds / 60_000_000 % 60),
      seconds: Int(microseconds / 1_000_000 % 60), microseconds: Int(microseconds % 1_000_000))
  }

  /// A span's parts by the units that people use.
  package struct Fields: Sendable, Equatable {
    package var years: Int
    package var months: Int
    package var days: Int
    package var hours: Int
    package var minutes: Int
    package var seconds: Int
    package var microseconds: Int

    /// The span with these parts, or `nil` when it is out of range.
    package var interval: Interval? {
      let (time, overflow) = Int64(hours).multipliedReportingOverflow(by: 3_600_000_000)
      let rest = Int64(minutes) * 60_000_000 + Int64(seconds) * 1_000_000 + Int64(microseconds)
      let (total, carried) = time.addingReportingOverflow(rest)
      guard !overflow, !carried, let months = Int32(exactly: years * 12 + months),
        let days = Int32(exactly: days)
      else { return nil }
      return Interval(months: months, days: days, microseconds: total)
    }
  }
}
