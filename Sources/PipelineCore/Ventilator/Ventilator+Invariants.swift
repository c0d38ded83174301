import DequeModule
import OrderedCollections

extension Ventilator {
  /// Traps when the state contradicts itself. Takes time in proportion to the partitions cut.
  package func checkInvariants() {
    if isCancelled || hasLeft { return }
    var places = ContiguousArray<UInt8>(repeating: 0, count: Int(cutCount))
    for partition in pending {
      places[Int(partition.index)] += 1
      precondition(!partition.isSuspect, "partition \(partition.index) is not sent alone")
    }
    for partition in suspects { places[Int(partition.index)] += 1 }
    for waiting in delayed { places[Int(waiting.pending.index)] += 1 }
    var leased = 0
    for (worker, lane) in lanes { leased += check(lane, of: worker, places: &places) }
    precondition(leased == leasedCount, "a lease is held by no lane")
    precondition(
      Int(cutCount - settledPrefix) <= configuration.aheadPartitions, "cutting ran too far ahead")
    checkPlaces(places)
    checkQuarantine()
    sinks.checkInvariants()
    earlyOrders.checkInvariants()
    precondition(
      unreachable
        == lanes.filter(\.value.isUnreachable).map(\.key).prefix(Beat.maximumUnreachable).map(
          \.self),
      "the lanes that are not connected are listed wrong")
    precondition(evicted.count <= Self.maximumEvicted && evictions.count <= Beat.maximumEvictions)
    for (earlier, later) in zip(delayed, delayed.dropFirst()) {
      precondition(earlier.due <= later.due, "waiting partitions are out of order")
    }
  }

  /// Checks one lane, marks what it holds, and gives the number of its leases.
  private func check(
    _ lane: Lane, of worker: NodeIncarnation, places: inout ContiguousArray<UInt8>
  ) -> Int {
    var count = 0
    var bytes = 0
    for grant in lane.order where isLeased(grant, to: worker) {
      count += 1
      bytes += leases[grant.index]?.size ?? 0
      if leases[grant.index]?.attempt == grant.attempt { places[Int(grant.index)] += 1 }
      if let second = seconds[grant.index] {
        precondition(
          second.holder.node != leases[grant.index]?.holder.node,
          "partition \(grant.index) has both its attempts on one node")
      }
    }
    precondition(count == lane.leased, "a lane counts \(lane.leased) leases and holds \(count)")
    precondition(bytes == lane.bytes, "a lane counts \(lane.bytes) bytes and holds \(bytes)")
    precondition(lane.leased <= 2 || lane.bytes <= configuration.creditBytes, "credit exceeded")
    precondition(lane.leased <= configuration.creditPartitions, "credit exceeded")
    precondition(!lane.isAlone || lane.leased == 1, "a suspect is not alone")
    precondition(
      !lane.isUnreachable || lane.leased == 0 && !lane.connection.isUp,
      "a lane that is not connected holds something")
    precondition(!lane.isReserved || hasReservedLane, "a lane is kept free for nothing")
    precondition(
      lane.order.first.map { isLeased($0, to: worker) } ?? true, "a lane's oldest lease has ended")
    precondition(
      (lane.messages.last?.end ?? lane.dropped) == lane.dropped + lane.order.count,
      "a lane's messages do not cover what it holds")
    return count
  }

  private func checkPlaces(_ places: ContiguousArray<UInt8>) {
    if isFailed || finalFailure != nil { return }
    for index in 0..<cutCount {
      let count = places[Int(index)]
      if isSettled(index) {
        precondition(count <= 1, "partition \(index) is settled and in \(count) places")
      } else {
        precondition(count == 1, "partition \(index) is in \(count) places")
        precondition(index >= settledPrefix, "partition \(index) is not settled")
      }
    }
  }

  private func checkQuarantine() {
    precondition(quarantined.count <= Beat.maximumQuarantined, "too much is in quarantine")
    precondition(quarantined.count == aside.count, "quarantine is counted wrong")
    for (earlier, later) in zip(quarantined, quarantined.dropFirst()) {
      precondition(earlier.partition < later.partition, "quarantine is out of order")
    }
    for entry in quarantined {
      precondition(
        aside.contains(entry.partition.index) && !stored.contains(entry.partition.index),
        "partition \(entry.partition.index) is stored and in quarantine")
    }
  }

  private var isFailed: Bool {
    if case .failed = phase { true } else { false }
  }
}
