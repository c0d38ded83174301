import PipelineCore

/// The production supervisor with made-up sockets and children.
final class SupervisorRole: Role {
  private unowned(unsafe) let process: SimulatedProcess
  var beat: Beat
  private(set) var machine: Supervisor
  private var check: SupervisorCheck
  private var actions = Actions<Supervisor.Action>()
  /// Sockets for orders; looked up only.
  private var orders: [NodeIncarnation: Pipe] = [:]
  private var plannedTick = Int64.max
  private var events = 0

  /// Binds the supervisor's sockets.
  init(_ identity: NodeIncarnation, in process: SimulatedProcess, world: World) {
    self.process = process
    machine = Supervisor(
      identity: identity, run: world.plan.run, configuration: world.plan.supervisor,
      at: process.clock(world))
    #if PLANTED_FAULTS
    machine.planted = world.plan.planted
    #endif
    check = SupervisorCheck(identity, startedAt: world.now)
    let receipts = world.bind(.receiptsToSupervisor, by: process)
    world.bind(process.supervisorAddresses.beats, by: process)
    world.bind(process.supervisorAddresses.roster, by: process)
    beat = Beat(
      sender: identity, roles: .supervisor, name: "supervisor", host: "h\(process.host)",
      processID: process.processID, sequence: 0, interval: world.plan.interval, joined: true,
      endpoints: Beat.Endpoints(receipts: Address.text(receipts)),
      progress: Beat.Progress(), phase: .working, run: world.plan.run)
  }

  func refreshBeat(in world: World) {}

  /// Starts the machine's clock.
  func begin(in world: World) throws(Violation) { try handle(.tick, in: world) }

  /// Feeds the machine and carries out what it wants done.
  func handle(_ event: Supervisor.Event, in world: World) throws(Violation) {
    machine.handle(event, at: process.clock(world), into: &actions)
    if !actions.list.isEmpty {
      var todo = Actions<Supervisor.Action>()
      swap(&todo, &actions)
      for action in todo.list {
        try check.judge(action, in: world)
        try carryOut(action, in: world)
      }
    }
    events += 1
    if events % world.plan.inspectionEvery == 0 { machine.checkInvariants() }
    planTick(in: world)
  }

  private func carryOut(_ action: Supervisor.Action, in world: World) throws(Violation) {
    switch action {
    case .publish(let roster): publish(roster, in: world)
    case .order(let order):
      switch order {
      case .evict(let worker, _):
        world.tell("ordered to evict", node: worker)
        world.noteGone(worker)
      case .release(let worker): world.tell("ordered to release", node: worker)
      case .cancel: break
      }
      // In the order of the roster, which is that of the nodes.
      for member in machine.members {
        if let pipe = orders[member.node] {
          world.send(.order(order, from: beat.sender), into: pipe)
        }
      }
    case .report(let event): world.note(event)
    case .startChild(let node, let name):
      try handle(.childStarted(node, name: name), in: world)
      world.startChild(node, of: process)
    case .killChild(let node):
      world.tell("killed by its supervisor", node: NodeIncarnation(node: node, incarnation: .none))
      if let child = world.child(node, of: process) {
        world.queue.insert(.kill(child), at: world.now + world.generator.span(10_000...1_000_000))
      }
    case .ended(let outcome): try world.runEnded(outcome, by: process)
    }
  }

  private func publish(_ roster: Roster, in world: World) {
    for member in roster.members where member.roles.contains(.ventilator) {
      guard orders[member.node] == nil, !member.endpoints.orders.isEmpty else { continue }
      orders[member.node] = world.connect(
        .push, from: process, to: Address.number(in: member.endpoints.orders),
        highWaterMark: world.plan.controlMark)
    }
    let message = Message.roster(Shared(roster))
    for pipe in world.addresses[process.supervisorAddresses.roster].pipes {
      world.send(message, into: pipe)
    }
  }

  /// A local child has ended.
  func buryChild(_ child: SimulatedProcess, in world: World) throws(Violation) {
    let cause = ExitCause(status: .signal(9), lastLines: [], underWay: child.endedAt)
    for identity in child.identities {
      try handle(.childExited(identity.node, cause), in: world)
    }
  }

  private func planTick(in world: World) {
    let time = max(process.worldTime(of: machine.nextTick), world.now)
    guard time < plannedTick else { return }
    plannedTick = time
    world.queue.insert(
      .timer(process, .supervisorTick(at: time)), at: time + world.generator.span(1_000...500_000))
  }

  /// The time for a tick has come, unless an earlier one was planned since.
  func tick(at time: Int64, in world: World) throws(Violation) {
    guard time == plannedTick else { return }
    plannedTick = .max
    try handle(.tick, in: world)
  }
}

extension Incarnation {
  /// No incarnation: for lines about a node whose incarnation does not matter.
  static let none = Incarnation(rawValue: 0)
}
