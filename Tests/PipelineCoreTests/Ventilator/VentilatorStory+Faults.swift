import PipelineCore

extension VentilatorStory {
  /// Lives through a while with faults, and then without: it must come to an end.
  mutating func live() throws(VentilatorViolation) {
    for _ in 0..<random.pick(50...600) {
      now = now + .milliseconds(Int64(random.pick(0...20)))
      try step()
      if case .failed = machine.phase { return try judgeEnd() }
    }
    isFaulty = false
    for _ in 0..<2000 {
      if try isOver() { return try judgeEnd() }
      try round()
    }
    throw VentilatorViolation("no end: \(machine.storedCount) of \(sizes.count) are stored")
  }

  private mutating func step() throws(VentilatorViolation) {
    switch random.pick(1...40) {
    case 1...12: try compute(random.pick(0...processes.count - 1))
    case 13...21: try deliver()
    case 22: try connect()
    case 23...27: try publish()
    case 28...31: try answerCut()
    case 32: try handle(.tick)
    case 33: now = now + .milliseconds(Int64(random.pick(0...1500)))
    case 34: try bury(random.pick(0...processes.count - 1))
    case 35: processes[random.pick(0...processes.count - 1)].isAlive = false
    case 36: start(NodeID(rawValue: UInt64(random.pick(1...4))))
    case 37: replaceSink()
    case 38:
      guard random.once(in: 4) else { return }
      supervisor.incarnation.rawValue += 1
      sequence = 0
      known = []
    case 39: try repeatRoster()
    default:
      guard random.once(in: 3) else { return }
      drain(random.pick(0...processes.count - 1))
    }
  }

  /// A worker is told to end: it drops what waits.
  private mutating func drain(_ place: Int) {
    guard processes[place].isAlive else { return }
    processes[place].isDraining = true
    processes[place].packs = Array(processes[place].packs.prefix(1))
  }

  /// A worker that was told to end, and has nothing left, leaves; its supervisor has that known.
  private mutating func release(_ place: Int) throws(VentilatorViolation) {
    processes[place].isBuried = true
    if isFaulty, random.once(in: 4) { return }
    var sender = supervisor
    if isFaulty, random.once(in: 4) { sender.incarnation.rawValue += random.once(in: 2) ? 1 : 0 }
    try handle(.order(.release(processes[place].id), from: sender))
  }

  /// The supervisor holds a worker to be dead, rightly or not, and says so, or only lists it no more.
  private mutating func bury(_ place: Int) throws(VentilatorViolation) {
    processes[place].isBuried = true
    if random.once(in: 4) { return }
    let worker = processes[place].id
    var suspect: Suspect?
    if random.once(in: 3), let first = processes[place].packs.first?.last {
      suspect = Suspect(PartitionID(first.index), isOverTime: random.once(in: 2))
    }
    try handle(.order(.evict(worker, suspect: suspect), from: supervisor))
    if !model.evicted.contains(worker) { model.evicted.insert(worker) }
  }

  private mutating func replaceSink() {
    if random.once(in: 3) { mail.removeAll { $0.sink == sink } }
    sink.incarnation.rawValue += 1
    mail.append((sink, .word(durable)))
  }

  /// A roster comes once more that was obeyed before, which the model is not told.
  private mutating func repeatRoster() throws(VentilatorViolation) {
    guard !pastRosters.isEmpty else { return }
    var actions = Actions<Ventilator.Action>()
    let past = pastRosters[random.pick(0...pastRosters.count - 1)]
    machine.handle(.roster(past), at: now, into: &actions)
    machine.checkInvariants()
    for action in actions.list {
      if case .openLane = action { throw VentilatorViolation("a roster of the past was obeyed") }
      if case .closeLane = action { throw VentilatorViolation("a roster of the past was obeyed") }
      try model.judge(action, at: now)
      if case .cut(let limit) = action { wanted = limit }
      if case .send(let worker, let grants) = action {
        for place in processes.indices where processes[place].id == worker {
          processes[place].packs.append(grants)
        }
      }
    }
  }

  /// One beat of a world without faults; what is poison still kills.
  private mutating func round() throws(VentilatorViolation) {
    // A supervisor gives up workers that are dead, and those that the ventilator says it has evicted.
    for place in processes.indices where !processes[place].isBuried {
      if !processes[place].isAlive || model.evicted.contains(processes[place].id) {
        try bury(place)
      }
    }
    for place in processes.indices where processes[place].isDraining {
      if processes[place].packs.isEmpty, !processes[place].isBuried { try release(place) }
    }
    processes.removeAll { $0.isBuried && ($0.packs.isEmpty || !$0.isAlive) }
    if !processes.contains(where: { !$0.isBuried && !$0.isDraining }) {
      start(NodeID(rawValue: UInt64(random.pick(1...4))))
    }
    for _ in 0..<20 {
      try answerCut()
      try connect()
      for place in processes.indices { try compute(place) }
      while !mail.isEmpty { try deliver() }
    }
    now = now + Self.interval
    try publish()
    if let due = machine.nextTick, due <= now { try handle(.tick) }
  }

  private func isOver() throws(VentilatorViolation) -> Bool {
    if case .failed = machine.phase { return true }
    return machine.isDone && machine.leasedCount == 0
  }

  private func judgeEnd() throws(VentilatorViolation) {
    if case .failed(let failure) = machine.phase {
      if configuration.onFailure == .quarantine || hadReasonToFail != true {
        throw VentilatorViolation("failed without a reason: \(failure.message)")
      }
      for index in model.partitions.indices where !model.partitions[index].isSettled {
        if let final = model.firstFinal, index >= final { continue }
        throw VentilatorViolation("failed before all else was done", UInt32(index))
      }
      return
    }
    if model.partitions.count != sizes.count {
      throw VentilatorViolation("the source was not cut to its end")
    }
    for index in model.partitions.indices {
      let partition = model.partitions[index]
      if !partition.isSettled { throw VentilatorViolation("done without", UInt32(index)) }
      if partition.isStored, !partition.isReleased {
        throw VentilatorViolation("stored and kept", UInt32(index))
      }
    }
    if configuration.onFailure == .fail, !model.aside.isEmpty {
      throw VentilatorViolation("done though something is in quarantine")
    }
  }
}
