extension Worker {
  /// What beats say of a worker: ``Beat/Phase/left`` once it was told to end and has.
  package var phase: Beat.Phase { hasDrained ? .left : .working }

  /// Begins nothing more: what waits is for others to compute.
  mutating func drain(into actions: inout Actions<Action>) {
    isDraining = true
    dropWaiting(.draining, into: &actions)
  }

  /// Leaves when all that was begun is sent, or when no sink has come for too long.
  mutating func concludeDrain(at now: Instant, into actions: inout Actions<Action>) {
    guard !hasLeft, computing == nil else { return }
    if !unsent.isEmpty {
      let since = stuckSince ?? now
      stuckSince = since
      if now - since <= longestDrain { return }
    }
    hasDrained = true
    leave(.drained, into: &actions)
  }

  private var longestDrain: Span {
    let interval = rosters.last?.interval ?? Liveness.intervals.lowerBound
    return min(max(interval, Liveness.intervals.lowerBound), Liveness.intervals.upperBound)
      * Self.drainIntervals
  }

  /// Rosters' intervals for which a worker that is to end waits for a sink that takes its results.
  package static let drainIntervals: Int64 = 8
}
