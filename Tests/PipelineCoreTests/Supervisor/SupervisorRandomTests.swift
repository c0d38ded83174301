import PipelineCore
import Testing

@Suite("Supervisor: random lives against a model")
struct SupervisorRandomTests {
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func doesWhatTheModelDemands(_ seed: UInt64) throws {
    var life = SupervisorLife(seed: seed)
    try life.live()
    #expect(life.model.outcome == .finished(rows: 1, bytes: 1), "the run ends when all is there")
  }

  #if PLANTED_FAULTS
  @Test(arguments: [
    PlantedFault.silenceIgnored, .voidIncarnationListed, .otherRunListed,
  ])
  func theModelFindsWhatIsPlanted(_ fault: PlantedFault) {
    let found = (1...20 as ClosedRange<UInt64>).count { seed in
      var life = SupervisorLife(seed: seed)
      life.bench.machine.planted = fault
      do { try life.live() } catch { return true }
      return false
    }
    #expect(found > 0)
  }
  #endif
}

/// A supervisor among made-up nodes, with faults from a seed.
struct SupervisorLife {
  /// A process that beats.
  private struct Node {
    var identity: NodeIncarnation
    let roles: Roles
    let isChild: Bool
    var isAlive = true
    var sequence: UInt64 = 0
    var silentUntil = at(0)
    /// When a process that was killed is found to have ended.
    var exitAt: Instant?
    /// Incarnations that were followed by another.
    var past: [NodeIncarnation] = []
  }

  private static let total: UInt32 = 100
  private var generator: SplitMix64
  private var nodes: [Node]
  private var lastStart: UInt64 = 1
  private var stored: Set<UInt32> = []
  private var quarantined: Set<UInt32> = []
  private var evictions: [Beat.Eviction] = []
  private var phase = Beat.Phase.working
  var bench: SupervisorBench
  private(set) var model: SupervisorModel

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
    nodes = [
      Node(identity: worker(1), roles: .worker, isChild: true),
      Node(identity: worker(2), roles: .worker, isChild: true),
      Node(identity: worker(3), roles: .worker, isChild: false),
      Node(identity: worker(50), roles: .ventilator, isChild: false),
      Node(identity: worker(60), roles: .sink, isChild: false),
    ]
    let configuration = Supervisor.Configuration(
      patience: .seconds(600), onlyChildren: false,
      restarts: RestartPolicy(limit: 32, window: .seconds(10), backoff: .milliseconds(1)),
      timeout: .seconds(3), onFailure: generator.once(in: 2) ? .quarantine : .fail,
      replaceAfter: .seconds(2), rosterMembers: generator.once(in: 2) ? 8 : 10_000)
    bench = SupervisorBench(configuration)
    model = SupervisorModel(configuration, at: bench.now)
  }

  /// Faults, and then none until the run ends.
  mutating func live() throws {
    for node in nodes where node.isChild {
      try handle(.childStarted(node.identity.node, name: "child"))
    }
    for _ in 0..<80 {
      if generator.once(in: 4) { try causeFault(generator.pick(0...nodes.count - 1)) }
      try pass(.milliseconds(Int64(generator.pick(1...240))))
    }
    for place in nodes.indices { nodes[place].silentUntil = bench.now }
    phase = .exhausted(partitions: Self.total)
    for _ in 0..<40 { try pass(.milliseconds(240)) }
    try handle(.stored(bitmap(0..<Self.total), by: nodes[4].identity))
    phase = .finished(rows: 1, bytes: 1)
    for _ in 0..<10 { try pass(.milliseconds(240)) }
  }

  private mutating func handle(_ event: Supervisor.Event) throws {
    model.observe(event, at: bench.now)
    let actions = bench.handle(event)
    for action in actions {
      do { try model.judge(action) } catch {
        throw Violation("\(error): \(action) after \(event) at \(bench.now)")
      }
    }
    do { try model.judgeRest() } catch { throw Violation("\(error) after \(event)") }
    for action in actions {
      switch action {
      case .killChild(let node):
        for place in nodes.indices where nodes[place].identity.node == node {
          nodes[place].exitAt = bench.now + .milliseconds(Int64(generator.pick(0...300)))
        }
      case .startChild(let node, let name):
        for place in nodes.indices where nodes[place].identity.node == node { start(place) }
        try handle(.childStarted(node, name: name))
      default: break
      }
    }
  }

  private mutating func start(_ place: Int) {
    lastStart += 1
    if nodes[place].sequence > 0 { nodes[place].past.append(nodes[place].identity) }
    nodes[place].identity.incarnation = Incarnation(rawValue: lastStart)
    nodes[place].sequence = 0
    nodes[place].isAlive = true
  }

  /// Lets time pass, ticks when the machine asks for it, and has everybody beat that can.
  private mutating func pass(_ span: Span) throws {
    let end = bench.now + span
    while bench.machine.nextTick <= end {
      bench.now = max(bench.now, bench.machine.nextTick)
      try handle(.tick)
    }
    bench.now = end
    for place in nodes.indices {
      if let exit = nodes[place].exitAt, exit <= end { try die(place) }
      guard nodes[place].isAlive, nodes[place].silentUntil <= end else { continue }
      let identity = nodes[place].identity
      let isListed = bench.machine.members.contains { $0.node == identity }
      // A worker that is off the roster finds its incarnation void in time.
      if nodes[place].sequence > 0, nodes[place].roles == .worker, !isListed { start(place) }
      try handle(.beat(next(place)))
    }
  }

  private mutating func next(_ place: Int) -> Beat {
    nodes[place].sequence += 1
    let roles = nodes[place].roles
    var next = beat(nodes[place].identity, nodes[place].sequence, roles: roles)
    if roles == .ventilator {
      next.evictions = evictions
      next.quarantined = quarantined.sorted().map(givenUp)
      if case .exhausted = phase { next.phase = phase }
    }
    if roles == .sink, case .finished = phase { next.phase = phase }
    return next
  }

  private mutating func die(_ place: Int) throws {
    nodes[place].isAlive = false
    nodes[place].exitAt = nil
    let underWay = generator.pick(1...2) == 1 ? PartitionID(UInt32(generator.pick(0...9))) : nil
    let cause = ExitCause(status: .signal(9), lastLines: [], underWay: underWay)
    try handle(.childExited(nodes[place].identity.node, cause))
  }

  private mutating func causeFault(_ place: Int) throws {
    let node = nodes[place]
    switch generator.pick(1...12) {
    case 1, 2: nodes[place].silentUntil = bench.now + .milliseconds(Int64(generator.pick(1...4000)))
    case 3 where node.isChild && node.isAlive: try die(place)
    case 4 where node.isAlive: start(place)
    case 5 where node.isAlive && node.roles == .worker:
      var stuck = next(place)
      stuck.underWay = Beat.UnderWay(
        partition: PartitionID(7), elapsed: .milliseconds(Int64(generator.pick(2900...3100))))
      try handle(.beat(stuck))
    case 10 where node.isAlive && node.roles == .worker:
      var last = next(place)
      last.phase = .left
      try handle(.beat(last))
      start(place)
    case 11:
      lastStart += 1
      let run = RunID(rawValue: UInt64(generator.pick(0...3)))
      try handle(
        .beat(
          beat(
            worker(node.identity.node.rawValue, start: lastStart), 1, roles: node.roles, run: run)))
    case 12 where node.isAlive && node.roles == .worker:
      try handle(.revoked(node.identity))
      if generator.once(in: 2) { start(place) }
    case 6:
      guard node.roles == .worker else { break }
      evictions.append(Beat.Eviction(worker: node.identity, requeued: 1, suspect: nil))
      if evictions.count > 6 { evictions.removeFirst() }
    case 7:
      if let late = node.past.randomElement(using: &generator) {
        try handle(.beat(beat(late, UInt64(generator.pick(1...500)), roles: node.roles)))
      }
    case 8: quarantined.formSymmetricDifference([UInt32(generator.pick(0...9))])
    default: try store()
    }
  }

  private mutating func store() throws {
    stored.insert(UInt32(generator.pick(0...99)))
    let sink = nodes[4].past.randomElement(using: &generator) ?? nodes[4].identity
    if generator.once(in: 2) {
      try handle(.stored(bitmap(stored), by: generator.once(in: 3) ? sink : nodes[4].identity))
    } else {
      let receipt = Receipt(
        partition: PartitionID(UInt32(generator.pick(0...99))), attempt: 1, worker: worker(1),
        outcome: .stored(digest: 1))
      try handle(.receipts([receipt], from: sink))
    }
  }
}
