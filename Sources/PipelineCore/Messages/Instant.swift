/// A moment on a monotonic clock that is handed in: nanoseconds since an arbitrary start.
package struct Instant: Hashable, Comparable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The moment `span` later.
  package static func + (moment: Self, span: Span) -> Self {
    Instant(nanoseconds: moment.nanoseconds &+ span.nanoseconds)
  }

  /// The time from `earlier` to `later`.
  package static func - (later: Self, earlier: Self) -> Span {
    Span(nanoseconds: later.nanoseconds &- earlier.nanoseconds)
  }
}

/// A length of time in nanoseconds.
package struct Span: Hashable, Comparable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static func microseconds(_ count: Int64) -> Self { Span(nanoseconds: count * 1_000) }
  package static func milliseconds(_ count: Int64) -> Self { Span(nanoseconds: count * 1_000_000) }
  package static func seconds(_ count: Int64) -> Self { Span(nanoseconds: count * 1_000_000_000) }

  package static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
  /// The sum, at most the longest that can be told: lengths come from peers.
  package static func + (first: Self, second: Self) -> Self {
    let (sum, overflow) = first.nanoseconds.addingReportingOverflow(second.nanoseconds)
    return Span(nanoseconds: overflow ? (first.nanoseconds < 0 ? .min : .max) : sum)
  }
  /// `factor` times the length, at most the longest that can be told: lengths come from peers.
  package static func * (span: Self, factor: Int64) -> Self {
    let (product, overflow) = span.nanoseconds.multipliedReportingOverflow(by: factor)
    guard overflow else { return Span(nanoseconds: product) }
    return Span(nanoseconds: (span.nanoseconds < 0) == (factor < 0) ? .max : .min)
  }

  /// The length in seconds.
  package var seconds: Double { Double(nanoseconds) / 1e9 }
  /// The length in milliseconds.
  package var milliseconds: Double { Double(nanoseconds) / 1e6 }
}
