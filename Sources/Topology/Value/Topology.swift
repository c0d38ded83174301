/// A validated topology: one source, stages, one sink, and how they are run.
///
/// A value of this type comes out of ``load(path:overrides:environment:processorCount:)`` only, so
/// each field is within its range and all combinations make sense. That its files exist is checked
/// apart from that, by ``resolveFiles()``.
package struct Topology: Sendable, Equatable {
  /// Path of the topology file as it was given.
  package internal(set) var file: String
  /// The topology's name: 1 to 64 of `A-Z a-z 0-9 . _ -`.
  package internal(set) var name: String
  /// What is read.
  package internal(set) var source: Source
  /// Small files that SQL may join with the source, in the order given; names differ.
  package internal(set) var tables: [Table]
  /// What is done to it, in order; at least one, names differ.
  package internal(set) var stages: [Stage]
  /// Local worker processes: 1 to 1024.
  package internal(set) var workers: Int
  /// Where the result goes.
  package internal(set) var sink: Sink
  /// What may be outstanding in a lane.
  package internal(set) var credit: Credit
  /// When a silent node counts as dead.
  package internal(set) var liveness: Liveness
  /// How long work may wait while nothing can do it: 100 ms to 24 h.
  package internal(set) var patience: Duration
  /// How often a partition is tried before it counts as failed: 1 to 100.
  package internal(set) var attempts: Int
  /// Pause before a failed partition is tried again: 0 to 1 minute.
  package internal(set) var retryBackoff: Duration
  /// The longest time that one partition may take in a worker: 100 ms to 24 h, or `nil` for no limit.
  package internal(set) var timeout: Duration?
  /// The share of partitions that may be given a second attempt when a worker is much slower than
  /// the others: 0 (never) to 1.
  package internal(set) var secondAttempts: Double
  /// What a partition that failed too often does to the run.
  package internal(set) var onFailure: FailurePolicy
  /// How partitions are dealt to lanes.
  package internal(set) var balance: Balance
  /// What happens when two copies of a result differ.
  package internal(set) var determinism: Determinism
  /// What a result must survive to count as stored.
  package internal(set) var durability: Durability
}
