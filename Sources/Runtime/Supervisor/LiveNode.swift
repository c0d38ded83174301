package import PipelineCore

/// A node on the roster.
package struct LiveNode: Sendable, Equatable {
  /// The last that it said of itself.
  package var beat: Beat
  /// When that came, on ``MonotonicClock``.
  package var heard: Instant
}
