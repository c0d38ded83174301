import DequeModule
import OrderedCollections

/// A suspect may kill its worker. It is sent to a lane that is empty, and nothing else goes there until
/// it is answered, so that the next death, if there is one, is known to be its own doing.
extension Ventilator {
  /// Sends suspects to lanes that are empty, and keeps lanes free for those that wait.
  mutating func serveSuspects(at now: Instant, into actions: inout Actions<Action>) {
    let reserved = clearReservations()
    var usable = 0
    var alone = 0
    var isTurnOfOthers = true
    for lane in lanes.values {
      if !lane.isUsable { continue }
      usable += 1
      if lane.isAlone { alone += 1 }
      isTurnOfOthers = isTurnOfOthers && lane.lastWasSuspect
    }
    let othersWait = firstPending() != nil || isCutting
    // A lone worker takes turns: something else comes after each suspect.
    if usable == 0 || (usable == 1 && othersWait && isTurnOfOthers) { return }
    var left = (othersWait ? max(1, usable / 2) : usable) - alone
    var position = 0
    while left > 0, position < min(suspects.count, Self.longestLookPast) {
      let suspect = suspects[position]
      if isSettled(suspect.index) {
        suspects.remove(at: position)
        continue
      }
      guard let lane = chooseLane(forSuspect: suspect, reserved: reserved) else {
        position += 1
        continue
      }
      if lanes.values[lane].leased == 0 {
        suspects.remove(at: position)
        send(suspect, aloneTo: lane, at: now, into: &actions)
      } else {
        lanes.values[lane].isReserved = true
        hasReservedLane = true
        position += 1
      }
      left -= 1
    }
  }

  /// Ends all reservations and gives the positions of the lanes that had one, in ascending order.
  private mutating func clearReservations() -> [Int] {
    guard hasReservedLane else { return [] }
    hasReservedLane = false
    var positions: [Int] = []
    for position in lanes.values.indices where lanes.values[position].isReserved {
      lanes.values[position].isReserved = false
      positions.append(position)
    }
    return positions
  }

  /// The lane that is to serve the suspect: one that is empty, or else one that was kept free before,
  /// or else the one that holds least.
  private func chooseLane(forSuspect suspect: Pending, reserved: [Int]) -> Int? {
    var best: Int?
    var bestRank = (Int.max, Int.max)
    for position in lanes.values.indices {
      let (worker, lane) = lanes.elements[position]
      if !lane.isUsable || lane.isAlone || lane.isReserved { continue }
      if worker.node == suspect.avoiding, hasOtherWorker(than: worker.node) { continue }
      let rank = (lane.leased == 0 ? 0 : reserved.contains(position) ? 1 : 2, lane.leased)
      if rank < bestRank {
        best = position
        bestRank = rank
      }
    }
    return best
  }

  private mutating func send(
    _ suspect: Pending, aloneTo position: Int, at now: Instant, into actions: inout Actions<Action>
  ) {
    let worker = lanes.keys[position]
    let grant = grant(suspect, to: position, worker: worker)
    lanes.values[position].close(at: now)
    lanes.values[position].isAlone = true
    lanes.values[position].lastWasSuspect = true
    actions.append(.send(worker, [grant]))
  }
}
