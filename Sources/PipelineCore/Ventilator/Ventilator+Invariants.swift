import DequeModule
import OrderedCollections

extension Ventilator {
  /// Traps when the state contradicts itself. Takes time in proportion to the partitions cut.
  package func checkInvariants() {
    var places = ContiguousArray<UInt8>(repeating: 0, count: Int(cutCount))
    for partition in pending { places[Int(partition.index)] += 1 }
    for waiting in delayed { places[Int(waiting.pending.index)] += 1 }
    var leased = 0
    for (worker, lane) in lanes {
      var count = 0
      var bytes = 0
      var seen: Set<UInt32> = []
      for index in lane.order where seen.insert(index).inserted {
        guard let lease = leases[index], lease.holder == worker else { continue }
        places[Int(index)] += 1
        count += 1
        bytes += lease.size
      }
      precondition(count == lane.leased, "a lane counts \(lane.leased) leases and holds \(count)")
      precondition(bytes == lane.bytes, "a lane counts \(lane.bytes) bytes and holds \(bytes)")
      precondition(lane.leased <= 2 || lane.bytes <= configuration.creditBytes, "credit exceeded")
      precondition(lane.leased <= configuration.creditPartitions, "credit exceeded")
      leased += count
    }
    precondition(
      Int(cutCount - storedPrefix) <= configuration.aheadPartitions, "cutting ran too far ahead")
    precondition(leased == leases.count, "a lease is held by no lane")
    if !isCancelled, !isFailed, finalFailure == nil {
      for index in 0..<cutCount {
        let count = places[Int(index)]
        if stored.contains(index) {
          precondition(count <= 1, "partition \(index) is stored and in \(count) places")
        } else {
          precondition(count == 1, "partition \(index) is in \(count) places")
        }
      }
    }
    for (earlier, later) in zip(delayed, delayed.dropFirst()) {
      precondition(earlier.due <= later.due, "waiting partitions are out of order")
    }
  }

  private var isFailed: Bool {
    if case .failed = phase { true } else { false }
  }
}
