import DequeModule
import OrderedCollections

/// At the end of a run one slow worker must not keep all others waiting: what it is late with, and what
/// waits behind that, gets a second attempt on other nodes. The first result stored wins.
extension Ventilator {
  /// When the next message is late that is not now, or `nil` when that would change nothing.
  var nextStraggler: Instant? {
    guard isShortOfWork, secondAttemptsLeft > 0, let median = pace.median else { return nil }
    var next: Instant?
    for lane in lanes.values {
      guard let late = lateness(of: lane, median: median), late > lastEvent else { continue }
      next = min(next ?? late, late)
    }
    return next
  }

  /// Begins second attempts of what is late.
  mutating func rescueStragglers(at now: Instant, into actions: inout Actions<Action>) {
    // What is not begun at all comes first.
    guard isShortOfWork, secondAttemptsLeft > 0, hasLongMessage(at: now), nextRecall == nil,
      let median = pace.median
    else { return }
    var late: [NodeIncarnation] = []
    for (worker, lane) in lanes {
      if let due = lateness(of: lane, median: median), due <= now { late.append(worker) }
    }
    for worker in late { rescue(worker, at: now, into: &actions) }
  }

  /// Has everything considered again for which no second attempt is under way.
  mutating func lookAgainForStragglers() {
    for position in lanes.values.indices { lanes.values[position].rescued = 0 }
  }

  /// Whether there is nothing to send and nothing to be cut, and another lane that could help.
  var isShortOfWork: Bool {
    lanes.count > 1 && pending.isEmpty && suspects.isEmpty && delayed.isEmpty && !isCutting
      && (isExhausted || finalFailure != nil || aheadLeft <= 0)
  }

  /// Second attempts that the run may still make.
  private var secondAttemptsLeft: Int {
    let share = Int(configuration.stragglerShare * Double(cutCount))
    return max(lanes.count, share) - Int(secondAttempts)
  }

  private func hasLongMessage(at now: Instant) -> Bool {
    lanes.values.contains { lane in
      lane.messages.first.map { now - $0.began >= configuration.stragglerFloor } ?? false
    }
  }

  /// When the lane's oldest message is late. A suspect never is: it stays alone.
  private func lateness(of lane: Lane, median: Double) -> Instant? {
    guard let oldest = lane.messages.first, !lane.isAlone else { return nil }
    let expected = configuration.stragglerFactor * median * Double(oldest.count)
    let allowed = Span(nanoseconds: Int64(min(expected, Self.longestExpected)))
    return oldest.began + max(allowed, configuration.stragglerFloor)
  }

  /// Nanoseconds: a hundred years, which an ``Instant`` can still tell.
  private static let longestExpected = 3.2e18

  private mutating func rescue(
    _ worker: NodeIncarnation, at now: Instant, into actions: inout Actions<Action>
  ) {
    guard let lane = lanes.index(forKey: worker) else { return }
    while secondAttemptsLeft > 0, let first = nextToRescue(in: lane, of: worker),
      let target = chooseRescuer(for: first.size, of: worker)
    {
      var grants: [Grant] = []
      var bytes = 0
      let share = (lanes.values[lane].leased + lanes.count - 1) / lanes.count
      let limit = min(mostPacked, share, secondAttemptsLeft)
      while grants.count < limit, let next = nextToRescue(in: lane, of: worker) {
        guard
          lanes.values[target].hasCredit(for: next.size, limit: configuration.creditBytes),
          grants.isEmpty || bytes + next.size <= configuration.packBytes
        else { break }
        lanes.values[lane].rescued += 1
        bytes += next.size
        grants.append(grantSecond(next, to: target))
      }
      lanes.values[target].close(at: now)
      lanes.values[target].lastWasSuspect = false
      actions.append(.send(lanes.keys[target], grants))
    }
  }

  /// The next partition of a lane that may get a second attempt; what may not is passed over.
  private mutating func nextToRescue(in lane: Int, of worker: NodeIncarnation) -> Pending? {
    let dropped = lanes.values[lane].dropped
    lanes.values[lane].rescued = max(lanes.values[lane].rescued, dropped)
    while lanes.values[lane].rescued - dropped < lanes.values[lane].order.count {
      let grant = lanes.values[lane].order[lanes.values[lane].rescued - dropped]
      if isLeased(grant, to: worker), !isSettled(grant.index), !isPointless(grant.index),
        seconds[grant.index] == nil, let lease = leases[grant.index], !lease.isSuspect,
        lease.begun < .max
      {
        return lease.partition(grant.index)
      }
      lanes.values[lane].rescued += 1
    }
    return nil
  }

  /// A lane of another node that holds nothing: behind something else a second attempt is of little use.
  private func chooseRescuer(for size: Int, of worker: NodeIncarnation) -> Int? {
    lanes.elements.firstIndex { other, lane in
      other.node != worker.node && lane.leased == 0
        && lane.hasCredit(for: size, limit: configuration.creditBytes)
    }
  }

  private mutating func grantSecond(_ partition: Pending, to position: Int) -> Grant {
    let grant = Grant(index: partition.index, attempt: partition.attempt + 1)
    leases[partition.index]?.begun = grant.attempt
    seconds[partition.index] = SecondLease(
      holder: lanes.keys[position], attempt: grant.attempt)
    lanes.values[position].add(grant, size: partition.size)
    secondAttempts += 1
    return grant
  }
}
