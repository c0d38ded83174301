import PipelineCore

extension VentilatorCheck {
  /// Judges what the machine wants done.
  mutating func judge(_ action: Ventilator.Action, in world: World) throws(Violation) {
    switch action {
    case .cut(let limit):
      if isCutting { throw Violation("asked to cut twice at once") }
      if limit < 1 { throw Violation("asked to cut \(limit) partitions") }
      isCutting = true
    case .openLane(let worker, _):
      if isPast { throw Violation("a lane is opened by a roster of the past") }
      if closed.contains(worker) {
        throw Violation("a lane is opened again for an incarnation that was evicted")
      }
      if lanes.contains(where: { $0.worker == worker }) {
        throw Violation("a lane is opened twice")
      }
      lanes.append(Lane(worker: worker, connecting: (world.now, 0)))
      mostLanes = max(mostLanes, lanes.count)
    case .reopenLane(let worker, _):
      guard let place = lanes.firstIndex(where: { $0.worker == worker }) else {
        throw Violation("a lane is opened anew that was not open")
      }
      lanes[place].connecting = (world.now, lanes[place].connecting?.rosters ?? 0)
    case .closeLane(let worker):
      if isPast { throw Violation("a lane is closed by a roster of the past") }
      drop(worker)
    case .release(let indexes):
      for index in indexes {
        if !toldStored.contains(index) { throw Violation("released before it is stored", index) }
        if !released.insert(index) { throw Violation("released twice", index) }
      }
    case .quarantine(let partition):
      let index = partition.partition.index
      if released.contains(index) { throw Violation("quarantined after its release", index) }
      if !quarantined.insert(index) { throw Violation("quarantined twice", index) }
    case .send(let worker, let grants):
      if isPast { break }
      try judge(grants, to: worker, in: world)
    case .recall(let worker, let recalls):
      for recall in recalls {
        for index in recall.indexes {
          // What may be lost is not among the attempts any more, though the machine may know better.
          if recall.attempt > lastAttempt[Int(index)] {
            throw Violation("called back and never sent", index)
          }
          end(index, recall.attempt, of: worker)
        }
      }
    case .leave:
      if isPast { throw Violation("a ventilator leaves by a roster of the past") }
    }
  }

  private mutating func judge(
    _ grants: [Ventilator.Grant], to worker: NodeIncarnation, in world: World
  ) throws(Violation) {
    if grants.isEmpty { throw Violation("an empty message is sent") }
    guard let place = lanes.firstIndex(where: { $0.worker == worker }) else {
      throw Violation("sent to a lane that is not open", grants[0].index)
    }
    if lanes[place].isDraining {
      throw Violation("sent to a worker that is about to leave", grants[0].index)
    }
    if isOutOfReach(lanes[place], in: world) {
      throw Violation("sent to a worker out of reach", grants[0].index)
    }
    var bytes = 0
    for grant in grants {
      try judge(grant, to: worker)
      bytes += plan.partitions[Int(grant.index)].size
    }
    if grants.count > limits.packPartitions {
      throw Violation("\(grants.count) partitions are in one message", grants[0].index)
    }
    if grants.count > 1, bytes > limits.packBytes {
      throw Violation("\(bytes) bytes are in one message", grants[0].index)
    }
    lanes[place].count += grants.count
    lanes[place].bytes += bytes
    lanes[place].idleRosters = 0
    let lane = lanes[place]
    if lane.count > limits.creditPartitions {
      throw Violation("credit is exceeded: \(lane.count) partitions in a lane", grants[0].index)
    }
    if lane.count > 2, lane.bytes > limits.creditBytes {
      throw Violation("credit is exceeded: \(lane.bytes) bytes in a lane", grants[0].index)
    }
  }

  private mutating func judge(
    _ grant: Ventilator.Grant, to worker: NodeIncarnation
  ) throws(Violation) {
    let index = grant.index
    let place = Int(index)
    if isCancelled { throw Violation("sent after the run was cancelled", index) }
    if !hasWord { throw Violation("sent before any sink said what is stored", index) }
    if place >= cutCount { throw Violation("sent and never cut", index) }
    if toldStored.contains(index) { throw Violation("sent although it is stored", index) }
    if durableAtStart.contains(index) {
      throw Violation("done again although it was stored before this ventilator started", index)
    }
    if released.contains(index) { throw Violation("sent after its release", index) }
    if quarantined.contains(index) { throw Violation("sent although it is in quarantine", index) }
    if grant.attempt <= lastAttempt[place] {
      throw Violation("attempt \(grant.attempt) after attempt \(lastAttempt[place])", index)
    }
    lastAttempt[place] = grant.attempt
    if !attempts[place].isEmpty {
      if attempts[place].count > 1 { throw Violation("under way three times at once", index) }
      if attempts[place][0].worker.node == worker.node {
        throw Violation(
          "attempt \(grant.attempt) at a node where attempt \(attempts[place][0].number) is under way",
          index)
      }
      secondAttempts += 1
      let most = max(mostLanes, Int(limits.stragglerShare * Double(cutCount)))
      if secondAttempts > most {
        throw Violation("\(secondAttempts) second attempts are more than \(most)", index)
      }
    }
    attempts[place].append(Attempt(number: grant.attempt, worker: worker))
  }
}
