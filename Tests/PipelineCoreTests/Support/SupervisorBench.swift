import PipelineCore

/// A supervisor whose invariants are checked after each event.
struct SupervisorBench {
  var machine: Supervisor
  var now = at(0)

  init(
    _ configuration: Supervisor.Configuration = Supervisor.Configuration(), run: RunID = .test
  ) {
    machine = Supervisor(
      identity: worker(1000), run: run, configuration: configuration, at: now)
  }

  @discardableResult
  mutating func handle(_ event: Supervisor.Event) -> [Supervisor.Action] {
    var actions = Actions<Supervisor.Action>()
    machine.handle(event, at: now, into: &actions)
    machine.checkInvariants()
    return actions.list
  }

  /// A sink joins.
  mutating func list(_ sink: NodeIncarnation) {
    handle(.beat(beat(sink, 1, roles: .sink, interval: .seconds(60))))
  }

  /// The sink's word that it holds nothing yet, and then its receipts.
  @discardableResult
  mutating func receive(_ receipts: Receipt...) -> [Supervisor.Action] {
    list(worker(60))
    handle(.stored(PartitionBitmap(), by: worker(60)))
    return handle(.receipts(receipts, from: worker(60)))
  }

  /// Lets time pass and ticks whenever the machine asks for it.
  @discardableResult
  mutating func wait(until end: Instant) -> [Supervisor.Action] {
    var actions: [Supervisor.Action] = []
    while machine.nextTick <= end {
      now = max(now, machine.nextTick)
      actions += handle(.tick)
    }
    now = end
    return actions
  }

  /// Local children that have joined.
  mutating func start(_ workers: NodeIncarnation...) {
    for worker in workers {
      handle(.childStarted(worker.node, name: "node-\(worker.node.rawValue)"))
      handle(.beat(beat(worker, 1)))
    }
  }
}

extension [Supervisor.Action] {
  var rosters: [Roster] {
    compactMap { if case .publish(let roster) = $0 { roster } else { nil } }
  }

  var orders: [Order] {
    compactMap { if case .order(let order) = $0 { order } else { nil } }
  }

  var reports: [RunEvent] {
    compactMap { if case .report(let event) = $0 { event } else { nil } }
  }

  var killed: [NodeID] {
    compactMap { if case .killChild(let node) = $0 { node } else { nil } }
  }

  var started: [NodeID] {
    compactMap { if case .startChild(let node, _) = $0 { node } else { nil } }
  }

  var ending: Supervisor.Outcome? {
    for case .ended(let outcome) in self { return outcome }
    return nil
  }

  var losses: [RunEvent.Loss] {
    reports.compactMap { if case .lost(let loss) = $0 { loss } else { nil } }
  }
}
