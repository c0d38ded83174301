import DequeModule
import OrderedCollections

extension Ventilator {
  /// Takes in the sink's word on attempts of one worker.
  mutating func settle(_ receipt: Receipt, at now: Instant, into actions: inout Actions<Action>) {
    guard receipt.partition.stage == stage, mayBeStored(receipt.partition.index) else { return }
    switch receipt.outcome {
    case .stored, .duplicate:
      var indexes = receipt.indexes
      while !mayBeStored(indexes.upperBound) {
        indexes = indexes.lowerBound...(indexes.upperBound - 1)
      }
      endLeases(indexes, attempt: receipt.attempt, of: receipt.worker, at: now)
      settleStored(indexes, into: &actions)
    case .failed(let failure):
      let index = receipt.partition.index
      let ended = endLease(
        Grant(index: index, attempt: receipt.attempt), of: receipt.worker, at: now)
      guard let ended, !isSettled(index) else { return }
      retry(ended, on: receipt.worker.node, failure: failure, at: now, into: &actions)
    }
  }

  /// Notes that partitions are stored, of which some may be known to be.
  private mutating func settleStored(
    _ indexes: ClosedRange<UInt32>, into actions: inout Actions<Action>
  ) {
    if indexes.upperBound < cutCount, stored.isDisjoint(with: indexes) {
      stored.insert(indexes)
      forget(indexes, into: &actions)
    } else {
      for index in indexes where stored.insert(index) && index < cutCount {
        forget(index...index, into: &actions)
      }
    }
  }

  /// Lets go of what partitions that are cut and stored need no more.
  mutating func forget(_ indexes: ClosedRange<UInt32>, into actions: inout Actions<Action>) {
    if aside.count > 0 {
      for index in indexes where aside.remove(index) {
        quarantined.removeAll { $0.partition.index == index }
      }
    }
    actions.append(.release(indexes))
  }

  /// Whether nothing more is to be done for the partition.
  func isSettled(_ index: UInt32) -> Bool {
    stored.contains(index) || (aside.count > 0 && aside.contains(index))
  }

  /// Ends the leases of these attempts, those that are under way, and gives their credit back.
  private mutating func endLeases(
    _ indexes: ClosedRange<UInt32>, attempt: UInt16, of worker: NodeIncarnation, at now: Instant
  ) {
    guard indexes.count > 1, seconds.isEmpty else {
      for index in indexes {
        _ = endLease(Grant(index: index, attempt: attempt), of: worker, at: now)
      }
      return
    }
    var count = 0
    var bytes = 0
    for index in indexes {
      guard
        let lease = leases.remove(index, where: { $0.attempt == attempt && $0.holder == worker })
      else { continue }
      count += 1
      bytes += lease.size
    }
    if count > 0 { giveBack(count, bytes: bytes, to: worker, at: now) }
  }

  /// Ends the lease of this attempt, if it is under way, and gives its credit back.
  mutating func endLease(
    _ grant: Grant, of worker: NodeIncarnation, at now: Instant
  ) -> EndedLease? {
    var grant = grant
    var worker = worker
    #if PLANTED_FAULTS
    if planted == .anyAttemptEndsLease, let lease = leases[grant.index] {
      grant.attempt = lease.attempt
      worker = lease.holder
    }
    #endif
    guard let ended = removeLease(grant, of: worker) else { return nil }
    giveBack(1, bytes: ended.partition.size, to: worker, at: now)
    return ended
  }

  /// Gives a lane the credit back of leases that have ended.
  private mutating func giveBack(
    _ count: Int, bytes: Int, to worker: NodeIncarnation, at now: Instant
  ) {
    #if PLANTED_FAULTS
    if planted == .leakedCredit { return }
    #endif
    guard let position = position(of: worker) else { return }
    // In place: a copy of the lane would copy its queue.
    lanes.values[position].giveBack(count, bytes: bytes)
    lanes.values[position].listing.idleSince = nil
    Self.dropEnded(of: &lanes.values[position], worker, leases, seconds)
    if let sample = lanes.values[position].dropDoneMessages(at: now) { pace.add(sample) }
    lanes.values[position].measure(ended: count, at: now, configuration)
  }

  /// Drops the oldest grants of a lane whose leases have ended.
  private static func dropEnded(
    of lane: inout Lane, _ worker: NodeIncarnation, _ leases: PartitionTable<Lease>,
    _ seconds: [UInt32: SecondLease]
  ) {
    while let oldest = lane.order.first, !isLeased(oldest, to: worker, leases, seconds) {
      lane.dropOldest()
    }
  }

  /// The position of a worker's lane. Receipts come many at a time for one worker.
  private mutating func position(of worker: NodeIncarnation) -> Int? {
    if lastLane < lanes.count, lanes.keys[lastLane] == worker { return lastLane }
    guard let position = lanes.index(forKey: worker) else { return nil }
    lastLane = position
    return position
  }

  /// Whether the attempt is under way at this worker.
  func isLeased(_ grant: Grant, to worker: NodeIncarnation) -> Bool {
    Self.isLeased(grant, to: worker, leases, seconds)
  }

  private static func isLeased(
    _ grant: Grant, to worker: NodeIncarnation, _ leases: PartitionTable<Lease>,
    _ seconds: [UInt32: SecondLease]
  ) -> Bool {
    guard let lease = leases[grant.index] else { return false }
    if lease.attempt == grant.attempt { return lease.holder == worker }
    if seconds.isEmpty { return false }
    guard let second = seconds[grant.index] else { return false }
    return second.attempt == grant.attempt && second.holder == worker
  }

  /// Removes the lease of this attempt; the lane's own count is its caller's.
  mutating func removeLease(_ grant: Grant, of worker: NodeIncarnation) -> EndedLease? {
    guard let lease = leases[grant.index] else { return nil }
    let second = seconds.isEmpty ? nil : seconds[grant.index]
    if lease.attempt == grant.attempt, lease.holder == worker {
      if let second {
        seconds[grant.index] = nil
        leases[grant.index]?.holder = second.holder
        leases[grant.index]?.attempt = second.attempt
      } else {
        leases[grant.index] = nil
      }
    } else if let second, second.attempt == grant.attempt, second.holder == worker {
      seconds[grant.index] = nil
    } else {
      return nil
    }
    return EndedLease(partition: lease.partition(grant.index), isElsewhere: second != nil)
  }

  /// Ends all leases of a lane, charges nobody, and gives those that must be sent again.
  mutating func takeBackAll(from position: Int) -> [Pending] {
    let worker = lanes.keys[position]
    var back: [Pending] = []
    for grant in lanes.values[position].clear() {
      guard let ended = removeLease(grant, of: worker), !ended.isElsewhere,
        !isSettled(grant.index), !isPointless(grant.index)
      else { continue }
      back.append(ended.partition)
    }
    if !seconds.isEmpty { lookAgainForStragglers() }
    return back
  }

  /// Puts partitions to the front in order of index.
  mutating func requeue(_ partitions: [Pending], into actions: inout Actions<Action>) {
    for partition in partitions.sorted(by: { $0.index > $1.index }) {
      guard partition.attempt < .max else {
        quarantine(
          partition, Failure(.operating, "it was sent \(UInt16.max) times and never answered"),
          into: &actions)
        continue
      }
      if partition.isSuspect {
        suspects.prepend(partition)
      } else {
        pending.prepend(partition)
      }
    }
  }

  /// Puts a partition whose attempt failed back, after a wait, or gives it up.
  private mutating func retry(
    _ ended: EndedLease, on node: NodeID, failure: Failure, at now: Instant,
    into actions: inout Actions<Action>
  ) {
    var partition = ended.partition
    let index = partition.index
    if failure.isFinal, configuration.onFailure == .fail {
      noteFinal(failure, of: index)
      return
    }
    if isPointless(index) { return }
    partition.charged += 1
    partition.avoiding = node
    if failure.isFinal || Int(partition.charged) >= configuration.attempts
      || partition.attempt == .max
    {
      quarantine(partition, failure, into: &actions)
      return
    }
    if ended.isElsewhere {
      leases[index]?.charged = partition.charged
      leases[index]?.avoiding = node
      lookAgainForStragglers()
      return
    }
    let wait = configuration.retryBackoff * (1 << Int64(min(partition.charged - 1, 6)))
    let waiting = Delayed(due: now + wait, pending: partition)
    // From the back: most waits end after all others.
    var place = delayed.endIndex
    while place > 0, delayed[place - 1].due > waiting.due { place -= 1 }
    delayed.insert(waiting, at: place)
  }

  /// Moves what has waited long enough to the front of the queue.
  mutating func releaseDelayed(at now: Instant) {
    while let first = delayed.first, first.due <= now {
      delayed.removeFirst()
      if first.pending.isSuspect {
        suspects.prepend(first.pending)
      } else {
        pending.prepend(first.pending)
      }
    }
  }
}
