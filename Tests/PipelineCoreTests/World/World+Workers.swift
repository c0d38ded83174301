import PipelineCore

extension World {
  /// Starts a process as this node.
  mutating func start(_ node: NodeID) {
    let identity = NodeIncarnation(node: node, incarnation: freshIncarnation())
    story.tell("process starts", at: now, node: identity)
    processes.append(WorkerProcess(identity, at: now))
  }

  private mutating func freshIncarnation() -> Incarnation {
    nextIncarnation += 1
    return Incarnation(rawValue: nextIncarnation)
  }

  /// Feeds a worker and does what its owner would do.
  mutating func work(_ event: Worker.Event, at place: Int) throws(Violation) {
    var actions = Actions<Worker.Action>()
    processes[place].machine.handle(event, at: now, into: &actions)
    processes[place].machine.checkInvariants()
    for action in actions.list { try carryOut(action, at: place) }
  }

  private mutating func carryOut(_ action: Worker.Action, at place: Int) throws(Violation) {
    let identity = processes[place].machine.identity
    switch action {
    case .compute(let token):
      guard processes[place].held[token] != nil else {
        throw Violation("computes a pack that it does not hold")
      }
      processes[place].computing.append(token)
    case .send(let token): try sendResults(token, from: place)
    case .drop(let token, _):
      story.tell("worker drops", at: now, node: identity, number: token)
      guard processes[place].held.removeValue(forKey: token) != nil else {
        throw Violation("drops a pack that it does not hold")
      }
    case .connectSink, .disconnectSink: break
    case .startAnew:
      story.tell("worker starts anew", at: now, node: identity)
      let incarnation = freshIncarnation()
      processes[place].machine.restart(as: incarnation, at: now)
      processes[place].machine.checkInvariants()
      processes[place].identities.append(processes[place].machine.identity)
      processes[place].beatSequence = 0
    case .leave:
      story.tell("worker leaves", at: now, node: identity)
      processes[place].isAlive = false
      processes[place].lane = []
      processes[place].rosters = []
    }
  }

  private mutating func sendResults(_ token: UInt64, from place: Int) throws(Violation) {
    guard let held = processes[place].held.removeValue(forKey: token), held.isComputed else {
      throw Violation("sends results that it does not have")
    }
    if held.worker != processes[place].machine.identity {
      throw Violation("sends results of a void incarnation", held.grants[0].index)
    }
    let items = held.grants.map { grant in
      if !isHealed, generator.once(in: plan.failureEvery) {
        return Sink.Item(
          partition: PartitionID(grant.index), attempt: grant.attempt, outcome: .failed(.disk))
      }
      return result(grant.index, attempt: grant.attempt, digest: UInt64(grant.index) &* 31)
    }
    processes[place].results.append(.init(worker: held.worker, items: items))
  }

  mutating func receivePack(at place: Int) throws(Violation) {
    let message = processes[place].lane.removeFirst()
    let token = processes[place].nextToken
    processes[place].nextToken += 1
    processes[place].held[token] = .init(worker: message.subject, grants: message.grants)
    let pack = Worker.Pack(
      token: token, run: Self.run, sender: Self.ventilatorNode, subject: message.subject,
      partitions: message.grants.count, bytes: 1)
    try work(.pack(pack), at: place)
  }

  mutating func finishComputing(at place: Int) throws(Violation) {
    let token = processes[place].computing.removeFirst()
    processes[place].held[token]?.isComputed = true
    try work(.computed(token: token), at: place)
  }

  /// Beats and ticks of a process, when it is time for them.
  mutating func wake(_ place: Int) throws(Violation) {
    if let end = processes[place].stoppedUntil, end <= now { processes[place].stoppedUntil = nil }
    guard processes[place].isRunning else { return }
    if processes[place].nextTick <= now {
      processes[place].nextTick = now + .milliseconds(500)
      try work(.tick, at: place)
    }
    guard processes[place].isAlive, processes[place].nextBeat <= now else { return }
    processes[place].nextBeat = now + .milliseconds(250)
    processes[place].beatSequence += 1
    let machine = processes[place].machine
    if isDropped() { return }
    processes[place].beats.append(
      beat(machine.identity, processes[place].beatSequence, joined: machine.isJoined))
  }
}
