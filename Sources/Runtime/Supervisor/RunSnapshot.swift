package import PipelineCore

/// How far a run is, as the supervisor knows it from beats.
package struct RunSnapshot: Sendable, Equatable {
  /// Partitions in all, once the source is cut to its end.
  package var total: UInt32?
  /// What the ventilator has cut.
  package var cut = Beat.Progress()
  /// What the sink has stored.
  package var stored = Beat.Progress()
  /// Workers alive.
  package var workers = 0
  /// Nodes lost.
  package var deaths = 0
  /// Partitions taken back from the dead.
  package var requeued: UInt64 = 0
  /// Attempts that failed and were tried again.
  package var failedAttempts = 0
  /// Partitions that were given up.
  package var quarantined = 0

  /// Nothing is known yet.
  package init() {}
}
