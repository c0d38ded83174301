/// What a supervisor tells a ventilator. Obeying an order twice is the same as obeying it once.
package enum Order: Sendable, Equatable {
  /// The incarnation is dead: re-queue all it holds at the front. `suspect` was under way and is
  /// charged with a failed attempt; when it is not known, what was probably under way is.
  case evict(NodeIncarnation, suspect: Suspect? = nil)
  /// The worker has left, and not because of what it computed: re-queue all it holds, charging nobody.
  case release(NodeIncarnation)
  /// Drop everything.
  case cancel
}

/// A partition that a worker is known to have been at when it was given up.
package struct Suspect: Sendable, Equatable {
  package var partition: PartitionID
  /// Whether the worker was given up because the partition took longer than `timeout` allows; else the
  /// process ended by itself.
  package var isOverTime: Bool

  package init(_ partition: PartitionID, isOverTime: Bool) {
    self.partition = partition
    self.isOverTime = isOverTime
  }
}
