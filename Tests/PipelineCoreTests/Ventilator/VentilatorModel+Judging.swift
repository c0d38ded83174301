import PipelineCore

extension VentilatorModel {
  /// Judges what the machine wants done.
  mutating func judge(
    _ action: Ventilator.Action, at now: Instant
  ) throws(VentilatorViolation) {
    switch action {
    case .cut(let limit):
      if isCutting { throw VentilatorViolation("asked to cut twice at once") }
      if limit < 1 { throw VentilatorViolation("asked to cut \(limit) partitions") }
      isCutting = true
    case .openLane(let worker, _):
      if !listed.contains(worker) { throw VentilatorViolation("a lane to a worker not listed") }
      if evicted.contains(worker) { throw VentilatorViolation("a lane to an evicted worker") }
      if lanes.contains(where: { $0.worker == worker }) {
        throw VentilatorViolation("a lane was opened twice")
      }
      lanes.append(Lane(worker: worker, listedBy: supervisor, connecting: (now, 0)))
    case .reopenLane(let worker, _):
      guard let lane = lanes.firstIndex(where: { $0.worker == worker }) else {
        throw VentilatorViolation("a lane was opened anew that was not open")
      }
      if !lanes[lane].held.isEmpty {
        throw VentilatorViolation("a lane was opened anew that holds something")
      }
      lanes[lane].connecting = (now, 0)
    case .closeLane(let worker): close(worker)
    case .release(let indexes):
      for index in indexes {
        if !partitions[Int(index)].isStored {
          throw VentilatorViolation("released before stored", index)
        }
        if partitions[Int(index)].isReleased { throw VentilatorViolation("released twice", index) }
        partitions[Int(index)].isReleased = true
      }
    case .quarantine(let entry): try judge(entry)
    case .send(let worker, let grants):
      guard let lane = lanes.firstIndex(where: { $0.worker == worker }) else {
        throw VentilatorViolation("sent to a lane that is not open")
      }
      messages += 1
      try judgeSuspects(grants, to: lane, at: now)
      for grant in grants { try take(grant, to: lane, at: now) }
      try judgeMessage(grants, to: lane)
    case .recall(let worker, let recalls):
      guard let lane = lanes.firstIndex(where: { $0.worker == worker }) else {
        throw VentilatorViolation("called back from a lane that is not open")
      }
      for recall in recalls {
        for index in recall.indexes {
          let place = lanes[lane].held.firstIndex {
            $0.index == index && $0.attempt == recall.attempt
          }
          guard let place, place > 0 else {
            throw VentilatorViolation("called back what does not wait there", index)
          }
          lanes[lane].held.remove(at: place)
        }
      }
    case .leave: throw VentilatorViolation("left a run that is going on")
    }
  }

  private mutating func judge(_ entry: Quarantined) throws(VentilatorViolation) {
    let index = entry.partition.index
    let partition = partitions[Int(index)]
    if partition.isSettled { throw VentilatorViolation("put aside though settled", index) }
    if partition.wasAside { throw VentilatorViolation("put aside twice", index) }
    if partition.charged < configuration.attempts, !partition.hasFinalFailure {
      throw VentilatorViolation("put aside after \(partition.charged) attempts", index)
    }
    if Int(entry.attempts) != partition.charged {
      throw VentilatorViolation("put aside with a wrong count of attempts", index)
    }
    partitions[Int(index)].isAside = true
    partitions[Int(index)].wasAside = true
  }

  /// Whether a partition waits to be sent now.
  private func isWaiting(_ index: Int, at now: Instant) -> Bool {
    !partitions[index].isSettled && partitions[index].notBefore <= now
      && holders(of: UInt32(index)).isEmpty && firstFinal.map { index < $0 } ?? true
  }

  private func judgeSuspects(
    _ grants: [Ventilator.Grant], to lane: Int, at now: Instant
  ) throws(VentilatorViolation) {
    if lanes[lane].held.contains(where: \.isAlone) {
      throw VentilatorViolation("sent to the lane of a suspect", grants.first?.index)
    }
    guard let index = grants.first(where: { partitions[Int($0.index)].isSuspect })?.index else {
      return
    }
    if grants.count > 1 || !lanes[lane].held.isEmpty {
      throw VentilatorViolation("a suspect is not alone", index)
    }
    guard
      partitions.indices.contains(where: {
        !partitions[$0].isSuspect && isWaiting($0, at: now)
      })
    else { return }
    let usable = lanes.filter(\.isUsable)
    let alone = usable.count { $0.held.contains(where: \.isAlone) } + 1
    if alone > max(1, usable.count / 2) {
      throw VentilatorViolation("\(alone) of \(usable.count) lanes serve suspects", index)
    }
  }

  private mutating func take(
    _ grant: Ventilator.Grant, to lane: Int, at now: Instant
  ) throws(VentilatorViolation) {
    let index = grant.index
    let worker = lanes[lane].worker
    if !hasWord { throw VentilatorViolation("sent before the sink's word", index) }
    if lanes[lane].isDraining { throw VentilatorViolation("sent to one that leaves", index) }
    if lanes[lane].isUnreachable { throw VentilatorViolation("sent out of reach", index) }
    guard Int(index) < partitions.count else {
      throw VentilatorViolation("sent and never cut", index)
    }
    let partition = partitions[Int(index)]
    if partition.isSettled { throw VentilatorViolation("sent although settled", index) }
    if let firstFinal, index >= firstFinal {
      throw VentilatorViolation("sent though the run fails before it", index)
    }
    if grant.attempt != partition.begun + 1 {
      throw VentilatorViolation("attempt \(grant.attempt) after \(partition.begun)", index)
    }
    if now < partition.notBefore { throw VentilatorViolation("sent before its time", index) }
    let others = holders(of: index)
    if others.isEmpty {
      let isElsewhere = lanes.contains { $0.worker.node != worker.node && $0.isUsable }
      if partition.avoiding == worker.node, isElsewhere {
        throw VentilatorViolation("sent to the node where it failed", index)
      }
    } else {
      try judgeSecond(index, to: worker, besides: others, at: now)
      secondAttempts += 1
    }
    partitions[Int(index)].begun = grant.attempt
    lanes[lane].idleSince = nil
    lanes[lane].held.append(
      Held(
        index: index, attempt: grant.attempt, message: messages, isAlone: partition.isSuspect))
  }

  private func judgeSecond(
    _ index: UInt32, to worker: NodeIncarnation, besides others: [NodeIncarnation], at now: Instant
  ) throws(VentilatorViolation) {
    if others.count > 1 { throw VentilatorViolation("a third attempt under way", index) }
    if others[0].node == worker.node { throw VentilatorViolation("twice on one node", index) }
    if partitions[Int(index)].isSuspect { throw VentilatorViolation("a suspect twice", index) }
    if partitions.indices.contains(where: { isWaiting($0, at: now) }) {
      throw VentilatorViolation("a second attempt while something waits", index)
    }
    let share = Int(configuration.stragglerShare * Double(partitions.count))
    if secondAttempts >= max(lanes.count, share) {
      throw VentilatorViolation("too many second attempts", index)
    }
  }

  private func judgeMessage(
    _ grants: [Ventilator.Grant], to lane: Int
  ) throws(VentilatorViolation) {
    if grants.isEmpty { throw VentilatorViolation("an empty message was sent") }
    let bytes = grants.reduce(0) { $0 + partitions[Int($1.index)].size }
    if grants.count > configuration.packPartitions {
      throw VentilatorViolation("\(grants.count) partitions in one message", grants[0].index)
    }
    if grants.count > 1, bytes > configuration.packBytes {
      throw VentilatorViolation("\(bytes) bytes in one message", grants[0].index)
    }
    let held = lanes[lane].held
    let heldBytes = held.reduce(0) { $0 + partitions[Int($1.index)].size }
    if held.count > configuration.creditPartitions {
      throw VentilatorViolation("\(held.count) partitions in a lane", grants[0].index)
    }
    if held.count > 2, heldBytes > configuration.creditBytes {
      throw VentilatorViolation("\(heldBytes) bytes in a lane", grants[0].index)
    }
  }
}
