import PipelineCore

extension World {
  /// Puts everything in its place and plans the faults.
  func prepare() {
    switch plan.layout {
    case .coordinator:
      stations.append(StationState(station: .coordinator, host: 0))
      for number in 0..<plan.workers {
        stations.append(StationState(station: .worker(number), host: 0))
      }
    case .roles(let hosts):
      let roles: [Station] = [.supervisor, .ventilator, .sink]
      for station in roles + (0..<plan.workers).map({ .worker($0) }) {
        stations.append(StationState(station: station, host: generator.pick(0...hosts - 1)))
      }
      fixedAddresses = SupervisorAddresses(
        beats: makeAddress(.beats), roster: makeAddress(.rosterToWorker))
    }
    beginSession()
    for planned in plan.faults { queue.insert(.fault(planned.fault), at: planned.time) }
    queue.insert(.heal, at: plan.healTime)
  }

  /// Has all processes that the environment starts be started.
  func beginSession() {
    session += 1
    outcome = nil
    excuses.begin(stations: stations.count)
    for place in stations.indices where isStartedByEnvironment(place) {
      planStart(place, within: 50_000_000)
    }
  }

  /// Whether the environment, and no supervisor, starts the process at this place.
  func isStartedByEnvironment(_ place: Int) -> Bool {
    if case .worker = stations[place].station { return plan.layout != .coordinator }
    return true
  }

  /// Has the environment start a process, unless one is there by then.
  func planStart(_ place: Int, within longest: Int64) {
    stations[place].generation += 1
    queue.insert(
      .start(place, generation: stations[place].generation),
      at: now + generator.span(1_000_000...longest))
  }

  /// The environment starts a process.
  func start(_ place: Int, generation: Int) throws(Violation) {
    guard generation == stations[place].generation, outcome == nil, stations[place].process == nil
    else { return }
    if isDown(stations[place].host) {
      planStart(place, within: 500_000_000)
      return
    }
    let process = makeProcess(stations[place].station, host: stations[place].host, parent: nil)
    stations[place].process = process
    try furnish(process)
  }

  /// Whether a host has no power.
  func isDown(_ host: Int) -> Bool { !isHealed && host < downUntil.count && downUntil[host] > now }

  /// A process without roles.
  func makeProcess(
    _ station: Station, host: Int, parent: SimulatedProcess?, addresses: SupervisorAddresses? = nil
  ) -> SimulatedProcess {
    lastProcessID += 1
    let addresses =
      addresses ?? parent?.supervisorAddresses ?? fixedAddresses
      ?? SupervisorAddresses(beats: makeAddress(.beats), roster: makeAddress(.rosterToWorker))
    let process = SimulatedProcess(
      processID: lastProcessID, station: station, host: host, parent: parent,
      clockOffset: generator.span(0...1_000_000_000_000), supervisorAddresses: addresses)
    processes.append(process)
    return process
  }

  /// A new incarnation of a node, which is this process.
  func incarnate(_ node: UInt64, as process: SimulatedProcess) -> NodeIncarnation {
    let identity = NodeIncarnation(
      node: NodeID(rawValue: node), incarnation: freshIncarnation())
    incarnations[identity] = IncarnationState(process: process)
    process.identities.append(identity)
    tell("starts", node: identity, number: UInt64(process.host))
    return identity
  }

  /// Gives a process its roles and lets it begin.
  func furnish(_ process: SimulatedProcess) throws(Violation) {
    switch process.station {
    case .coordinator:
      excuses.begin(stations: stations.count)
      process.supervisor = SupervisorRole(incarnate(1, as: process), in: process, world: self)
      process.ventilator = VentilatorRole(incarnate(2, as: process), in: process, world: self)
      process.sink = SinkRole(incarnate(3, as: process), in: process, world: self)
    case .supervisor:
      process.supervisor = SupervisorRole(incarnate(1, as: process), in: process, world: self)
    case .ventilator:
      process.ventilator = VentilatorRole(incarnate(2, as: process), in: process, world: self)
    case .sink:
      process.sink = SinkRole(incarnate(3, as: process), in: process, world: self)
    case .worker(let number):
      process.worker = WorkerRole(
        incarnate(UInt64(10 + number), as: process), in: process, world: self)
    }
    process.beats = connect(
      .publish, from: process, to: process.supervisorAddresses.beats,
      highWaterMark: plan.controlMark)
    process.sendBeats(in: self)
    if let supervisor = process.supervisor {
      if process.station == .coordinator {
        // All are announced before the first may end.
        for number in 0..<plan.workers {
          let node = NodeID(rawValue: UInt64(10 + number))
          try supervisor.handle(.childStarted(node, name: "worker-\(number)"), in: self)
        }
        for number in 0..<plan.workers { planChild(1 + number, of: process) }
      }
      try supervisor.begin(in: self)
    }
  }

  private func planChild(_ place: Int, of parent: SimulatedProcess) {
    queue.insert(
      .startChild(place, parent), at: now + generator.span(5_000_000...50_000_000))
  }

  /// A supervisor wants a local child to be started again.
  func startChild(_ node: NodeID, of parent: SimulatedProcess) {
    planChild(1 + Int(node.rawValue - 10), of: parent)
  }

  /// A local child starts.
  func startChild(at place: Int, of parent: SimulatedProcess) throws(Violation) {
    guard parent.isAlive else { return }
    let child = makeProcess(stations[place].station, host: parent.host, parent: parent)
    stations[place].process = child
    try furnish(child)
  }

  /// The live local child of a process that is this node.
  func child(_ node: NodeID, of parent: SimulatedProcess) -> SimulatedProcess? {
    processes.last { $0.parent === parent && $0.worker?.beat.sender.node == node }
  }
}
