import DequeModule
import OrderedCollections

extension Ventilator {
  /// Which partitions are charged with the end of their worker.
  enum Charge {
    /// What was under way: the suspect if that is known and leased there, and nobody if it is known
    /// and was answered or called back meanwhile; else all that is unfinished of the oldest message, and of the next
    /// where the oldest may be done.
    case underWay(Suspect?)
    case nothing

    var suspect: Suspect? {
      if case .underWay(let suspect) = self { suspect } else { nil }
    }
  }

  /// Takes back all that an incarnation held that is gone, to the front of the queue in order of index.
  mutating func evict(
    _ worker: NodeIncarnation, charging charge: Charge, into actions: inout Actions<Action>
  ) {
    evicted.append(worker)
    if evicted.count > Self.maximumEvicted { evicted.removeFirst() }
    let underWay = underWay(on: worker, at: lastEvent).count
    guard let lane = lanes.removeValue(forKey: worker) else { return }
    actions.append(.closeLane(worker))
    nextLane = 0
    lookAgainForStragglers()
    if lane.isUnreachable { listUnreachable() }
    let suspect = charge.suspect
    let named = suspect.flatMap { suspect in
      lane.order.first {
        suspect.partition.stage == stage && suspect.partition.index == $0.index
          && isLeased($0, to: worker)
      }
    }
    var back: [Pending] = []
    var charged: UInt32?
    for (position, grant) in lane.order.enumerated() {
      guard let ended = removeLease(grant, of: worker), !isSettled(grant.index),
        !isPointless(grant.index)
      else { continue }
      var partition = ended.partition
      let wasUnderWay = suspect == nil ? position < underWay : named == grant
      if wasUnderWay, mayCharge(charge) {
        charged = charged ?? grant.index
        let failure = suspect?.isOverTime == true ? Self.stuck : Self.death
        guard self.charge(&partition, with: failure, on: worker.node, into: &actions) else {
          continue
        }
        if ended.isElsewhere {
          leases[grant.index]?.charged = partition.charged
          leases[grant.index]?.avoiding = partition.avoiding
          leases[grant.index]?.isSuspect = true
        }
      }
      if !ended.isElsewhere { back.append(partition) }
    }
    note(
      Beat.Eviction(
        worker: worker, requeued: UInt32(back.count),
        suspect: charged.map { PartitionID(stage: stage, index: $0) }))
    advancePrefix()
    #if PLANTED_FAULTS
    if planted == .lostRequeue { return }
    #endif
    requeue(back, into: &actions)
  }

  /// What a worker may be at, the oldest first: one of these at most, and only those that are leased.
  func underWay(on worker: NodeIncarnation, at now: Instant) -> [Grant] {
    guard let lane = lanes[worker] else { return [] }
    return Array(lane.order.prefix(lane.underWayCount(at: now, pace: pace.median)))
  }

  private func mayCharge(_ charge: Charge) -> Bool {
    #if PLANTED_FAULTS
    if planted == .releaseCharged { return true }
    #endif
    if case .nothing = charge { return false }
    return true
  }

  /// A worker is about to leave: it finishes what it may be at and begins nothing that waits, which goes to
  /// others at once.
  mutating func noteDraining(_ position: Int, into actions: inout Actions<Action>) {
    if lanes.values[position].isDraining { return }
    lanes.values[position].isDraining = true
    let worker = lanes.keys[position]
    let waiting = lanes.values[position].order.count - underWay(on: worker, at: lastEvent).count
    var back: [Pending] = []
    for grant in lanes.values[position].takeLast(waiting) {
      guard let ended = removeLease(grant, of: worker) else { continue }
      lanes.values[position].leased -= 1
      lanes.values[position].bytes -= ended.partition.size
      if ended.isElsewhere || isSettled(grant.index) || isPointless(grant.index) { continue }
      back.append(ended.partition)
    }
    lookAgainForStragglers()
    requeue(back, into: &actions)
  }

  mutating func note(_ eviction: Beat.Eviction) {
    evictions.append(eviction)
    if evictions.count > Beat.maximumEvictions { evictions.removeFirst() }
  }

  /// Charges a partition with its worker's end; returns whether it has attempts left.
  private mutating func charge(
    _ partition: inout Pending, with failure: Failure, on node: NodeID,
    into actions: inout Actions<Action>
  ) -> Bool {
    partition.charged += 1
    partition.avoiding = node
    partition.isSuspect = true
    guard Int(partition.charged) >= configuration.attempts else { return true }
    quarantine(partition, failure, into: &actions)
    return false
  }

  private static let death = Failure(
    .death, "its worker died while it was under way; `millrace show` has the worker's last lines")
  private static let stuck = Failure(
    .death, "it took longer than `timeout` allows, and its worker was ended")
}
