import DequeModule
import OrderedCollections

extension Ventilator {
  /// Sends what is pending as far as credit goes, many small partitions to a message.
  mutating func dispatch(at now: Instant, into actions: inout Actions<Action>) {
    guard mayDispatch else { return }
    if !suspects.isEmpty || hasReservedLane { serveSuspects(at: now, into: &actions) }
    dispatchPending(at: now, into: &actions)
    recallWaiting(at: now, into: &actions)
    rescueStragglers(at: now, into: &actions)
  }

  private var mayDispatch: Bool {
    if case .failed = phase { return false }
    #if PLANTED_FAULTS
    if planted == .dispatchBeforeWord { return true }
    #endif
    return sinks.hasWord
  }

  private mutating func dispatchPending(at now: Instant, into actions: inout Actions<Action>) {
    while let first = firstPending() {
      guard let position = chooseLane(for: first) else {
        if bringForward(past: first) { continue }
        return
      }
      let worker = lanes.keys[position]
      let grants = pack(into: position, worker: worker)
      precondition(!grants.isEmpty)
      lanes.values[position].close(at: now)
      lanes.values[position].lastWasSuspect = false
      actions.append(.send(worker, grants))
    }
  }

  /// The first pending partition that is not settled; those that are settled are dropped.
  mutating func firstPending() -> Pending? {
    while let first = pending.first {
      if !isSettled(first.index) { return first }
      pending.removeFirst()
    }
    return nil
  }

  /// Puts another partition first where the first one waits for a worker other than its last, so that
  /// the last does not stand idle meanwhile.
  private mutating func bringForward(past first: Pending) -> Bool {
    guard first.avoiding != nil else { return false }
    for position in 1..<max(1, min(pending.count, Self.longestLookPast)) {
      let other = pending[position]
      if other.avoiding != first.avoiding, !isSettled(other.index), chooseLane(for: other) != nil {
        pending.swapAt(0, position)
        return true
      }
    }
    return false
  }

  /// At most this many partitions are looked past.
  static let longestLookPast = 64

  /// The position of the lane that gets the partition, or `nil` when none has credit for it.
  private mutating func chooseLane(for partition: Pending) -> Int? {
    let count = lanes.count
    var best: Int?
    var bestFree = 0.0
    var fallback: Int?
    // In place: an element taken out would be a copy of the lane and its queues.
    let states = lanes.values.elements
    let waitsForIdle = isTailOfLongWork
    for step in 0..<count {
      let position =
        configuration.balance == .roundRobin ? (nextLane + step) % count : step
      guard states[position].hasCredit(for: partition.size, limit: configuration.creditBytes)
      else { continue }
      if waitsForIdle, states[position].leased > 0 { continue }
      if let avoiding = partition.avoiding, lanes.keys[position].node == avoiding,
        hasOtherWorker(than: avoiding)
      {
        continue
      }
      if configuration.balance == .roundRobin {
        fallback = position
        break
      }
      let free = states[position].freeShare
      if best == nil || free > bestFree {
        best = position
        bestFree = free
      }
    }
    let chosen = best ?? fallback
    if let chosen { nextLane = (chosen + 1) % count }
    return chosen
  }

  /// Whether the last partitions are left, and take long: each waits then for a worker that is idle,
  /// as behind another partition it might begin later than it could elsewhere.
  private var isTailOfLongWork: Bool {
    guard isExhausted, pending.count <= lanes.count, let median = pace.median else { return false }
    return median >= Double(Self.longWork.nanoseconds)
  }

  /// A partition that takes this long is worth the milliseconds for which its worker is idle before.
  static let longWork = Span.milliseconds(50)

  /// Whether a worker of another node takes work.
  func hasOtherWorker(than node: NodeID) -> Bool {
    lanes.contains { $0.key.node != node && $0.value.isUsable }
  }

  /// Partitions that one message may have: no more than take ``VentilatorConfiguration/packTime``
  /// together, as far as that is known, for their results come together.
  var mostPacked: Int {
    guard let median = pace.median else { return configuration.packPartitions }
    let timely = Double(configuration.packTime.nanoseconds) / max(median, 1)
    return min(configuration.packPartitions, max(1, Int(timely)))
  }

  /// Takes partitions from the front of the queue into one message for a lane.
  private mutating func pack(into position: Int, worker: NodeIncarnation) -> [Grant] {
    var grants: [Grant] = []
    var bytes = 0
    // An even share, so that the last partitions of a run do not all go to one worker.
    let share = max(1, (pending.count + lanes.count - 1) / lanes.count)
    let limit = min(mostPacked, share)
    grants.reserveCapacity(min(limit, lanes.values[position].room))
    while grants.count < limit, let next = firstPending() {
      guard
        lanes.values[position].hasCredit(for: next.size, limit: configuration.creditBytes),
        grants.isEmpty || bytes + next.size <= configuration.packBytes,
        grants.isEmpty || next.avoiding != worker.node
      else { break }
      pending.removeFirst()
      bytes += next.size
      grants.append(grant(next, to: position, worker: worker))
    }
    return grants
  }

  /// Leases a partition that is not leased to a lane.
  mutating func grant(
    _ partition: Pending, to position: Int, worker: NodeIncarnation
  ) -> Grant {
    let grant = Grant(index: partition.index, attempt: partition.attempt + 1)
    leases[partition.index] = Lease(
      holder: worker, size: partition.size, avoiding: partition.avoiding,
      isSuspect: partition.isSuspect, attempt: grant.attempt, begun: grant.attempt,
      charged: partition.charged)
    lanes.values[position].add(grant, size: partition.size)
    return grant
  }
}
