import DequeModule
import OrderedCollections

extension Ventilator {
  /// Takes in the sink's word on one attempt.
  mutating func settle(_ receipt: Receipt, at now: Instant, into actions: inout Actions<Action>) {
    let index = receipt.partition.index
    guard receipt.partition.stage == stage, index < cutCount else { return }
    let ended = endLease(
      index, attempt: receipt.attempt, holder: receipt.worker, at: now)
    switch receipt.outcome {
    case .stored, .duplicate:
      if stored.insert(index) {
        actions.append(.release(index))
        while storedPrefix < cutCount, stored.contains(storedPrefix) { storedPrefix += 1 }
      }
    case .failed(let failure):
      guard let ended, !stored.contains(index) else { return }
      retry(index, after: ended, failure: failure, at: now)
    }
  }

  /// Ends the lease of this attempt, if it is the present one, and gives its credit back.
  mutating func endLease(
    _ index: UInt32, attempt: UInt16, holder: NodeIncarnation, at now: Instant
  ) -> Lease? {
    guard let lease = leases[index], lease.attempt == attempt, lease.holder == holder else {
      return nil
    }
    leases[index] = nil
    // In place: a copy of the lane would copy its queue.
    if let position = lanes.index(forKey: lease.holder) {
      lanes.values[position].leased -= 1
      lanes.values[position].bytes -= lease.size
      while let oldest = lanes.values[position].order.first, leases[oldest]?.holder != lease.holder
      {
        lanes.values[position].order.removeFirst()
      }
      lanes.values[position].measure(ended: 1, at: now, configuration)
    }
    return lease
  }

  /// Puts a partition whose attempt failed back, after a wait, or gives it up.
  private mutating func retry(
    _ index: UInt32, after lease: Lease, failure: Failure, at now: Instant
  ) {
    let charged = lease.charged + 1
    if failure.isFinal {
      noteFinal(failure, of: index)
      return
    }
    if let finalFailure, finalFailure.index < index { return }
    guard Int(charged) < configuration.attempts else {
      var given = failure
      given.message =
        "partition \(index) failed \(charged) times, which is all its attempts; the last time: "
        + failure.message
      fail(given)
      return
    }
    let wait = configuration.retryBackoff * (1 << Int64(min(charged - 1, 6)))
    let waiting = Delayed(
      due: now + wait,
      pending: Pending(
        index: index, size: lease.size, attempt: lease.attempt, charged: charged,
        avoiding: lease.holder.node))
    let place = delayed.firstIndex { $0.due > waiting.due } ?? delayed.endIndex
    delayed.insert(waiting, at: place)
  }

  /// Moves what has waited long enough to the front of the queue.
  mutating func releaseDelayed(at now: Instant) {
    while let first = delayed.first, first.due <= now {
      delayed.removeFirst()
      pending.prepend(first.pending)
    }
  }

  /// Takes back all that a dead incarnation held, to the front of the queue in order of index.
  mutating func evict(_ worker: NodeIncarnation, into actions: inout Actions<Action>) {
    evicted.append(worker)
    if evicted.count > Self.maximumEvicted { evicted.removeFirst() }
    guard let lane = lanes.removeValue(forKey: worker) else { return }
    actions.append(.closeLane(worker))
    nextLane = 0
    var requeued: [Pending] = []
    var suspect: UInt32?
    for index in lane.order {
      guard let lease = leases[index], lease.holder == worker else { continue }
      leases[index] = nil
      if stored.contains(index) { continue }
      if let finalFailure, finalFailure.index < index { continue }
      var charged = lease.charged
      if suspect == nil {
        suspect = index
        charged += 1
        if Int(charged) >= configuration.attempts { giveUp(index, charged: charged) }
      }
      requeued.append(
        Pending(
          index: index, size: lease.size, attempt: lease.attempt, charged: charged,
          avoiding: charged > lease.charged ? worker.node : nil))
    }
    for partition in requeued.reversed() { pending.prepend(partition) }
    evictions.append(
      Beat.Eviction(
        worker: worker, requeued: UInt32(requeued.count),
        suspect: suspect.map { PartitionID(stage: stage, index: $0) }))
    if evictions.count > Beat.maximumEvictions { evictions.removeFirst() }
  }

  private mutating func giveUp(_ index: UInt32, charged: UInt16) {
    fail(
      Failure(
        .death,
        "partition \(index) was under way each time when \(charged) workers died, which is all "
          + "its attempts; look at the workers' last lines above"))
  }
}
