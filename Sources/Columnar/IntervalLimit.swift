/// The type modifier of an interval, such as `day to second(3)`.
package struct IntervalLimit: Sendable, Equatable {
  /// The fields named, as bits of PostgreSQL's `INTERVAL_MASK`; `nil` for all.
  package var range: Int?
  /// Decimals of the second, 0...6; `nil` for all.
  package var decimals: Int?

  /// No limit, or the one with these parts.
  package init(range: Int? = nil, decimals: Int? = nil) {
    self.range = range
    self.decimals = decimals
  }

  /// PostgreSQL's mark of all fields (`INTERVAL_FULL_RANGE`).
  package static var fullRange: Int { 0x7FFF }

  private static let bits: [(bit: Int, field: CalendarField)] = [
    (12, .second), (11, .minute), (10, .hour), (3, .day), (1, .month), (2, .year),
  ]

  /// The smallest field named, which a number without a unit counts; `nil` without a range.
  package var lastField: CalendarField? {
    guard let range else { return nil }
    return Self.bits.first { range & 1 << $0.bit != 0 }?.field
  }

  /// Whether this is `minute to second`, in which `4:05` is minutes and seconds.
  var isMinuteToSecond: Bool { range == 1 << 11 | 1 << 12 }
}
