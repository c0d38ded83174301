import DequeModule
import OrderedCollections

/// When there is nothing left to send, what waits in the lane of a busy worker is called back and given
/// to one that is idle. A worker that has begun it by then goes on with it; the first result stored wins.
extension Ventilator {
  /// A worker that is at its oldest message for this long may not come to the others soon.
  package static let recallPatience = Span.milliseconds(5)

  /// When something may next be called back that may not be now, or `nil` when time changes nothing.
  var nextRecall: Instant? {
    guard isShortOfWork, idleLane != nil else { return nil }
    var next: Instant?
    for lane in lanes.values {
      guard lane.waitingCount > 0, let oldest = lane.messages.first else { continue }
      let due = oldest.began + Self.recallPatience
      if due > lastEvent { next = min(next ?? due, due) }
    }
    return next
  }

  /// Gives idle workers half of what waits in the lane that holds most.
  mutating func recallWaiting(at now: Instant, into actions: inout Actions<Action>) {
    while isShortOfWork, let target = idleLane, let lane = laneToRecall(from: target, at: now) {
      guard recall(from: lane, for: target, at: now, into: &actions) else { return }
    }
  }

  private var idleLane: Int? {
    lanes.values.elements.firstIndex {
      $0.leased == 0 && $0.connection.isUp && $0.hasCredit(for: 0, limit: configuration.creditBytes)
    }
  }

  /// The lane in which most waits behind a message that has taken a while.
  private func laneToRecall(from target: Int, at now: Instant) -> Int? {
    var best: Int?
    let states = lanes.values.elements
    for position in states.indices where position != target {
      guard states[position].waitingCount > 0, !states[position].isAlone,
        let oldest = states[position].messages.first, now - oldest.began >= Self.recallPatience,
        states[position].waitingCount > best.map({ states[$0].waitingCount }) ?? 0
      else { continue }
      best = position
    }
    return best
  }

  /// - Returns: whether the lane held anything that could be called back.
  private mutating func recall(
    from lane: Int, for target: Int, at now: Instant, into actions: inout Actions<Action>
  ) -> Bool {
    let (worker, other) = (lanes.keys[lane], lanes.keys[target])
    var recalls: [Recall] = []
    var grants: [Grant] = []
    let count = recallCount(from: lane, for: target)
    if count == 0 { return false }
    for grant in lanes.values[lane].takeLast(count) {
      guard let ended = removeLease(grant, of: worker) else { continue }
      lanes.values[lane].giveBack(1, bytes: ended.partition.size)
      if recalls.isEmpty || !recalls[recalls.count - 1].extend(grant.index, attempt: grant.attempt)
      {
        recalls.append(Recall(indexes: grant.index...grant.index, attempt: grant.attempt))
      }
      if ended.isElsewhere || isSettled(grant.index) || isPointless(grant.index) { continue }
      grants.append(self.grant(ended.partition, to: target, worker: other))
    }
    if !recalls.isEmpty { actions.append(.recall(worker, recalls)) }
    // All that was there had been answered before its turn.
    if grants.isEmpty { return true }
    lanes.values[target].close(at: now)
    lanes.values[target].lastWasSuspect = false
    actions.append(.send(other, grants))
    return true
  }

  /// How many of the last grants of a lane are called back: half of what waits there, if that fits into
  /// one message for the idle worker.
  private func recallCount(from lane: Int, for target: Int) -> Int {
    let states = lanes.values.elements
    let limit = min(
      (states[lane].waitingCount + 1) / 2, mostPacked, states[target].room)
    var count = 0
    var bytes = 0
    for grant in states[lane].order.suffix(limit).reversed() {
      if isLeased(grant, to: lanes.keys[lane]), let lease = leases[grant.index] {
        let total = bytes + lease.size
        if count > 0, total > configuration.packBytes { break }
        if count > 1, total > configuration.creditBytes { break }
        if lease.avoiding == lanes.keys[target].node || lease.begun == .max { break }
        bytes = total
      }
      count += 1
    }
    return count
  }
}
