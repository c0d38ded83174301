import PipelineCore

/// The production ventilator with made-up sockets: carries out what the machine decides.
final class VentilatorRole: Role {
  private unowned(unsafe) let process: SimulatedProcess
  var beat: Beat
  private(set) var machine: Ventilator
  private var check: VentilatorCheck
  private var actions = Actions<Ventilator.Action>()
  /// Looked up only.
  private var lanes: [NodeIncarnation: Pipe] = [:]
  private var wantedCuts = 0
  private var isCutPlanned = false
  private var cutCount = 0
  private var plannedTick = Int64.max
  private(set) var hasLeft = false
  private var isJoined = false
  private var events = 0

  /// Binds the ventilator's sockets and subscribes to rosters.
  init(_ identity: NodeIncarnation, in process: SimulatedProcess, world: World) {
    self.process = process
    machine = Ventilator(
      identity: identity, run: world.plan.run, stage: 0, configuration: world.plan.ventilator,
      at: process.clock(world))
    #if PLANTED_FAULTS
    machine.planted = world.plan.planted
    #endif
    check = VentilatorCheck(identity, durableAtStart: world.durable, world.plan)
    let orders = world.bind(.orders, by: process)
    let receipts = world.bind(.receiptsToVentilator, by: process)
    world.subscribe(process, as: .rosterToVentilator)
    beat = Beat(
      sender: identity, roles: .ventilator, name: "ventilator", host: "h\(process.host)",
      processID: process.processID, sequence: 0, interval: world.plan.interval, joined: false,
      endpoints: Beat.Endpoints(
        receipts: Address.text(receipts), orders: Address.text(orders)),
      progress: Beat.Progress(), phase: .working, run: world.plan.run)
  }

  /// Feeds the machine and carries out what it wants done.
  func handle(_ event: Ventilator.Event, in world: World) throws(Violation) {
    if hasLeft { return }
    try check.observe(event, in: world)
    machine.handle(event, at: process.clock(world), into: &actions)
    if !actions.list.isEmpty {
      var todo = Actions<Ventilator.Action>()
      swap(&todo, &actions)
      for action in todo.list {
        try check.judge(action, in: world)
        try carryOut(action, in: world)
      }
    }
    events += 1
    if events % world.plan.inspectionEvery == 0 { machine.checkInvariants() }
    planTick(in: world)
    if beat.phase != machine.phase || isJoined != machine.isJoined
      || beat.evictions.count != machine.evictions.count
      || beat.evictions.last != machine.evictions.last
      || beat.quarantined.count != machine.quarantined.count
      || beat.unreachable != machine.unreachable
    {
      try check.judge(machine.evictions)
      refreshBeat(in: world)
      process.beatNow(in: world)
    }
  }

  func refreshBeat(in world: World) {
    isJoined = machine.isJoined
    beat.joined = isJoined
    beat.phase = machine.phase
    beat.progress = machine.progress
    beat.evictions = machine.evictions
    beat.quarantined = machine.quarantined
    beat.unreachable = machine.unreachable
  }

  private func carryOut(_ action: Ventilator.Action, in world: World) throws(Violation) {
    switch action {
    case .cut(let limit):
      wantedCuts = limit
      if !isCutPlanned {
        isCutPlanned = true
        world.queue.insert(
          .timer(process, .cut), at: world.now + world.generator.span(1_000...1_000_000))
      }
    case .openLane(let worker, let endpoint), .reopenLane(let worker, let endpoint):
      if let old = lanes[worker] { world.close(old) }
      let pipe = world.connect(
        .push, from: process, to: Address.number(in: endpoint),
        highWaterMark: world.plan.dataMark)
      lanes[worker] = pipe
      world.tell("lane opened", node: worker)
      world.send(.stage(worker), into: pipe)
    case .send(let worker, let grants):
      guard let pipe = lanes[worker] else {
        throw Violation("sent to a lane that is not open", grants.first?.index)
      }
      for grant in grants {
        world.tell("sent", partition: grant.index, node: worker, number: UInt64(grant.attempt))
        world.noteSent(grant, to: worker)
      }
      let pack = Message.Pack(sender: machine.identity, subject: worker, grants: grants)
      if !world.send(.pack(Shared(pack)), into: pipe) {
        throw Violation("a lane is full although credit was kept", grants.first?.index)
      }
    case .recall(let worker, let recalls):
      for recall in recalls {
        for index in recall.indexes {
          world.tell("called back", partition: index, node: worker, number: UInt64(recall.attempt))
        }
      }
      world.statistics.recalls += 1
      if let pipe = lanes[worker] { world.send(.recall(worker, recalls), into: pipe) }
    case .closeLane(let worker):
      world.tell("lane closed", node: worker)
      if check.isReleased(worker) { world.noteReleased(worker) } else { world.noteGone(worker) }
      if let pipe = lanes.removeValue(forKey: worker) { world.close(pipe) }
    case .release: break
    case .quarantine(let quarantined):
      world.tell(
        "quarantined", partition: quarantined.partition.index,
        number: UInt64(quarantined.attempts))
      try world.judgeQuarantine(quarantined)
    case .leave:
      world.tell("ventilator leaves", node: machine.identity)
      hasLeft = true
      world.roleLeft(process)
    }
  }

  /// A connection to a worker stands.
  func noteConnected(_ pipe: Pipe, in world: World) throws(Violation) {
    guard let worker = lanes.first(where: { $0.value === pipe })?.key else { return }
    try handle(.laneConnected(worker), in: world)
  }

  /// Cuts what the machine asked for, or as much of it as a short while allows.
  func cut(in world: World) throws(Violation) {
    isCutPlanned = false
    guard wantedCuts > 0, !hasLeft else { return }
    let left = world.plan.partitions.count - cutCount
    let count = min(world.generator.pick(1...max(1, wantedCuts)), left)
    let isAtEnd = count == left
    let sizes = world.plan.partitions[cutCount..<cutCount + count].map(\.size)
    cutCount += count
    wantedCuts = 0
    try handle(.cut(sizes), in: world)
    if isAtEnd { try handle(.exhausted, in: world) }
  }

  private func planTick(in world: World) {
    guard let due = machine.nextTick else { return }
    let time = max(process.worldTime(of: due), world.now)
    guard time < plannedTick else { return }
    plannedTick = time
    world.queue.insert(
      .timer(process, .ventilatorTick(at: time)), at: time + world.generator.span(1_000...500_000))
  }

  /// The time for a tick has come, unless an earlier one was planned since.
  func tick(at time: Int64, in world: World) throws(Violation) {
    guard time == plannedTick else { return }
    plannedTick = .max
    if let due = machine.nextTick, due <= process.clock(world) {
      try handle(.tick, in: world)
    } else {
      planTick(in: world)
    }
  }
}
