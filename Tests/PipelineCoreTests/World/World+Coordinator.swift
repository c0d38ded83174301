import PipelineCore

extension World {
  // MARK: Ventilator

  mutating func ventilate(_ event: Ventilator.Event) throws(Violation) {
    tell(event)
    ventilatorModel.observe(event, at: now)
    var actions = Actions<Ventilator.Action>()
    ventilator.handle(event, at: now, into: &actions)
    ventilator.checkInvariants()
    for action in actions.list {
      try carryOut(action)
    }
  }

  private mutating func carryOut(_ action: Ventilator.Action) throws(Violation) {
    switch action {
    case .cut(let limit):
      story.tell("ventilator asks for cuts", at: now, number: UInt64(limit))
      cutAsked = limit
    case .closeLane(let worker):
      story.tell("ventilator closes lane", at: now, node: worker)
      openLanes.removeAll { $0 == worker }
    case .release(let index):
      story.tell("ventilator releases", at: now, partition: index)
    case .send(let worker, let grants):
      for grant in grants {
        story.tell(
          "ventilator sends", at: now, partition: grant.index, node: worker,
          number: UInt64(grant.attempt))
      }
      if let place = processes.firstIndex(where: { $0.identities.contains(worker) }),
        processes[place].isAlive
      {
        processes[place].lane.append(.init(subject: worker, grants: grants))
      }
    }
    try ventilatorModel.judge(action, at: now)
  }

  private mutating func tell(_ event: Ventilator.Event) {
    switch event {
    case .laneOpened(let worker): story.tell("lane opened", at: now, node: worker)
    case .cut(let sizes): story.tell("cut", at: now, number: UInt64(sizes.count))
    case .exhausted: story.tell("source exhausted", at: now)
    case .sourceFailed, .sendFailed: story.tell("source failed", at: now)
    case .receipts(let receipts): tell(receipts, "receipt to ventilator")
    case .order(.evict(let worker)): story.tell("order to evict", at: now, node: worker)
    case .order: story.tell("order", at: now)
    case .tick: story.tell("ventilator tick", at: now)
    }
  }

  private mutating func tell(_ receipts: [Receipt], _ what: StaticString) {
    for receipt in receipts {
      let outcome: UInt64 =
        switch receipt.outcome {
        case .stored: 1
        case .duplicate: 2
        case .failed: 3
        }
      story.tell(
        what, at: now, partition: receipt.partition.index, node: receipt.worker,
        number: UInt64(receipt.attempt) * 10 + outcome)
    }
  }

  /// Does what the ventilator's owner does with a roster.
  mutating func openLanes(by roster: Roster) throws(Violation) {
    for member in roster.members
    where member.roles.contains(.worker) && !openLanes.contains(member.node) {
      openLanes.append(member.node)
      try ventilate(.laneOpened(member.node))
    }
  }

  mutating func cut() throws(Violation) {
    guard let limit = cutAsked else { return }
    cutAsked = nil
    if cutCount == plan.sizes.count {
      try ventilate(.exhausted)
      return
    }
    let end = min(cutCount + generator.pick(0...limit), plan.sizes.count)
    let sizes = Array(plan.sizes[cutCount..<end])
    cutCount = end
    try ventilate(.cut(sizes))
  }

  // MARK: Sink

  mutating func swallow(_ event: Sink.Event) throws(Violation) {
    sinkModel.observe(event)
    var actions = Actions<Sink.Action>()
    sink.handle(event, at: now, into: &actions)
    sink.checkInvariants()
    for action in actions.list {
      try sinkModel.judge(action, total: plan.sizes.count)
      carryOut(action)
    }
  }

  private mutating func carryOut(_ action: Sink.Action) {
    switch action {
    case .store(let token, let item):
      story.tell("sink stores", at: now, number: token * 1000 + UInt64(item))
    case .persist(let token): toPersist.append(token)
    case .receipts(_, let receipts):
      tell(receipts, "receipt")
      receiptsToVentilator.append(receipts)
      receiptsToSupervisor.append(receipts)
    case .complete(let partitions):
      story.tell("complete", at: now, number: UInt64(partitions))
      isWriting = true
    case .leave:
      story.tell("sink leaves", at: now)
      sinkHasLeft = true
      toPersist = []
    case .differs, .reject: break
    }
  }

  mutating func receiveResults(from place: Int) throws(Violation) {
    let message = processes[place].results.removeFirst()
    for item in message.items {
      story.tell(
        "result", at: now, partition: item.partition.index, node: message.worker,
        number: nextResultToken)
    }
    let token = nextResultToken
    nextResultToken += 1
    try swallow(.results(token: token, worker: message.worker, message.items))
  }

  // MARK: Supervisor

  mutating func supervise(_ event: Supervisor.Event) throws(Violation) {
    var actions = Actions<Supervisor.Action>()
    supervisor.handle(event, at: now, into: &actions)
    supervisor.checkInvariants()
    for action in actions.list {
      try supervisorModel.judge(action)
      carryOut(action)
    }
  }

  private mutating func carryOut(_ action: Supervisor.Action) {
    switch action {
    case .publish(let roster):
      story.tell("roster", at: now, number: roster.sequence)
      for place in processes.indices where processes[place].isAlive && !isDropped() {
        processes[place].rosters.append(roster)
      }
      if !isDropped() { rostersToVentilator.append(roster) }
      if !isDropped() { rostersToSink.append(roster) }
    case .order(let order): ordersToVentilator.append(order)
    case .report(.lost(let loss)): story.tell("lost", at: now, node: loss.node)
    case .report(.joined(let node, _, _)): story.tell("joined", at: now, node: node)
    case .report: story.tell("report", at: now)
    case .ended: story.tell("ended", at: now)
    case .startChild: break
    }
  }

  /// Whether a message that may be lost is.
  mutating func isDropped() -> Bool { !isHealed && generator.once(in: plan.dropEvery) }

  /// The ventilator and the sink live in the supervisor's process: their beats arrive.
  mutating func beatAsCoordinator() throws(Violation) {
    nextCoordinatorBeat = now + .milliseconds(100)
    coordinatorBeats += 1
    var ventilatorBeat = beat(
      Self.ventilatorNode, coordinatorBeats, roles: .ventilator, phase: ventilator.phase)
    ventilatorBeat.evictions = ventilator.evictions
    try supervise(.beat(ventilatorBeat))
    var sinkBeat = beat(Self.sinkNode, coordinatorBeats, roles: .sink, phase: sink.phase)
    sinkBeat.endpoints.results = "inproc://results"
    try supervise(.beat(sinkBeat))
  }
}
