/// What a supervisor tells a ventilator. Obeying an order twice is the same as obeying it once.
package enum Order: Sendable, Equatable {
  /// The incarnation is dead: re-queue all it holds at the front. What was probably under way, the
  /// oldest lease, is charged with a failed attempt.
  case evict(NodeIncarnation)
  /// Send no more work to this worker; it finishes what it holds.
  case drain(NodeIncarnation)
  /// Drop everything.
  case cancel
}
