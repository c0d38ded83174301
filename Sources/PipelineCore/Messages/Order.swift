/// What a supervisor tells a ventilator. Obeying an order twice is the same as obeying it once.
package enum Order: Sendable, Equatable {
  /// The incarnation is dead: re-queue all it holds at the front. `suspect` was under way and is
  /// charged with a failed attempt; when it is not known, what was probably under way is.
  case evict(NodeIncarnation, suspect: PartitionID? = nil)
  /// The worker has left, and not because of what it computed: re-queue all it holds, charging nobody.
  case release(NodeIncarnation)
  /// Drop everything.
  case cancel
}
