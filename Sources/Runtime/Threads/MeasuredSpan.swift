import PipelineCore
import Synchronization

/// A span whose ends one thread sets and others read.
final class MeasuredSpan: Sendable {
  private let ends = Mutex<(start: Instant, end: Instant)?>(nil)

  /// A span of no length.
  init() {}

  /// Extends the span to `now`; the first call starts it.
  func extend(to now: Instant) {
    ends.withLock { ends in ends = (ends?.start ?? now, now) }
  }

  /// The length so far.
  var length: Span { ends.withLock { $0.map { $0.end - $0.start } } ?? Span(nanoseconds: 0) }
}
