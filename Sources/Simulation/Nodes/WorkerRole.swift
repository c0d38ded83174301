import DequeModule
import PipelineCore

/// The production worker with made-up sockets and a compute thread.
final class WorkerRole: Role {
  /// A pack on the compute thread.
  struct Job {
    var token: UInt64
    /// Who the results are from: the incarnation at the time when the job was given.
    var sender: NodeIncarnation
    var pack: Message.Pack
  }

  unowned(unsafe) let process: SimulatedProcess
  var beat: Beat
  private(set) var machine: Worker
  private var check = WorkerCheck()
  private var actions = Actions<Worker.Action>()
  private var laneAddress: Int
  private var sink: (node: NodeIncarnation, pipe: Pipe)?
  /// Looked up by token.
  private var packs: [UInt64: Message.Pack] = [:]
  private var finished: [UInt64: Message.Results] = [:]
  private var subjects: [UInt64: NodeIncarnation] = [:]
  private var lastToken: UInt64 = 0
  var knowsStage = false
  private var jobs: Deque<Job> = []
  private var recalled = RecalledPartitions()
  var current: Job?
  var jobNumber = 0
  /// When the present job was begun.
  var begunAt: Int64 = 0
  private var events = 0
  /// Whether the worker waits for another run.
  private var isWaiting = false

  /// Binds the lane and subscribes to rosters.
  init(_ identity: NodeIncarnation, in process: SimulatedProcess, world: World) {
    self.process = process
    machine = Worker(
      identity: identity,
      run: process.otherRun ?? (world.generator.once(in: 2) ? world.plan.run : nil),
      staysAfterRun: world.plan.staysAfterRun, patience: world.plan.workerPatience,
      at: process.clock(world))
    #if PLANTED_FAULTS
    machine.planted = world.plan.planted
    #endif
    laneAddress = world.bind(.lane, by: process)
    world.subscribe(process, as: .rosterToWorker)
    beat = Beat(
      sender: identity, roles: .worker, name: "worker-\(identity.node.rawValue)",
      host: "h\(process.host)", processID: process.processID, sequence: 0,
      interval: world.plan.interval, joined: false,
      endpoints: Beat.Endpoints(lane: Address.text(laneAddress)), progress: Beat.Progress(),
      phase: .working)
    planTick(in: world)
  }

  /// Feeds the machine and carries out what it wants done.
  func handle(_ event: Worker.Event, in world: World) throws(Violation) {
    check.observe(event)
    machine.handle(event, at: process.clock(world), into: &actions)
    try check.judge(actions.list, machine.identity, subjects)
    if !actions.list.isEmpty {
      var todo = Actions<Worker.Action>()
      swap(&todo, &actions)
      for action in todo.list {
        try carryOut(action, in: world)
        if !process.isAlive { return }
      }
    }
    events += 1
    if events % world.plan.inspectionEvery == 0 { machine.checkInvariants() }
    if beat.joined != machine.isJoined || beat.isDraining != machine.isDraining
      || beat.run != machine.run ?? .none
    {
      process.beatNow(in: world)
    }
    refreshBeat(in: world)
    if machine.isOver, !isWaiting { world.closeIfAllAreGone() }
    isWaiting = machine.isOver
  }

  func refreshBeat(in world: World) {
    beat.joined = machine.isJoined
    beat.run = machine.run ?? .none
    beat.isDraining = machine.isDraining
    beat.phase = machine.phase
    beat.progress.held = UInt64(machine.heldPartitions)
    beat.underWay = underWay(at: world.now, in: world)
  }

  private func carryOut(_ action: Worker.Action, in world: World) throws(Violation) {
    switch action {
    case .compute(let token):
      guard let pack = packs.removeValue(forKey: token) else {
        throw Violation("a pack is computed that is not held")
      }
      jobs.append(Job(token: token, sender: machine.identity, pack: pack))
      beginNextJob(in: world)
    case .send(let token): try send(token, in: world)
    case .drop(let token, _):
      for grant in packs[token]?.grants ?? [] {
        world.tell("dropped", partition: grant.index, node: machine.identity)
      }
      packs[token] = nil
      finished[token] = nil
      subjects[token] = nil
    case .connectSink(let node, let endpoint):
      if let sink { world.close(sink.pipe) }
      let pipe = world.connect(
        .push, from: process, to: Address.number(in: endpoint),
        highWaterMark: world.plan.dataMark)
      sink = (node, pipe)
    case .disconnectSink(let node):
      if let sink, sink.node == node {
        world.close(sink.pipe)
        self.sink = nil
      }
    case .startAnew: startAnew(in: world)
    case .leave(let reason):
      world.tell("worker leaves", node: machine.identity)
      leave(reason, in: world)
    }
  }

  /// Ends the process; one that was told to end first says that it is gone, and lets what it sent get
  /// away.
  private func leave(_ reason: Worker.LeaveReason, in world: World) {
    guard case .drained = reason else {
      world.end(process, "left")
      return
    }
    world.statistics.drains += 1
    process.sendBeats(in: world)
    world.queue.insert(
      .timer(process, .left), at: world.now + world.generator.span(1_000_000...100_000_000))
  }

  private func send(_ token: UInt64, in world: World) throws(Violation) {
    guard let results = finished.removeValue(forKey: token) else {
      throw Violation("results are sent that are not there")
    }
    subjects[token] = nil
    guard let sink else { throw Violation("results are sent while no sink is known") }
    if results.items.isEmpty { return }
    for part in split(results, in: world) where !world.send(.results(Shared(part)), into: sink.pipe)
    {
      throw Violation(
        "the results socket is full although credit was kept", part.items.first?.partition.index)
    }
  }

  /// Large results go in several messages.
  private func split(_ results: Message.Results, in world: World) -> [Message.Results] {
    let count = results.items.count
    guard count > 1, world.generator.once(in: 8) else { return [results] }
    let middle = world.generator.pick(1...count - 1)
    return [0..<middle, middle..<count].map { range in
      Message.Results(
        sender: results.sender, items: Array(results.items[range]),
        payloads: Array(results.payloads[range]))
    }
  }

  private func startAnew(in world: World) {
    let old = machine.identity
    recalled.removeAll()
    machine.restart(as: world.freshIncarnation(), at: process.clock(world))
    process.identities = [machine.identity]
    world.noteGone(old)
    world.noteReplaced(old, by: machine.identity)
    world.unbind(laneAddress, by: process)
    laneAddress = world.bind(.lane, by: process)
    beat.sender = machine.identity
    beat.sequence = 0
    beat.joined = false
    beat.endpoints.lane = Address.text(laneAddress)
    beat.progress = Beat.Progress()
    process.joiningBeats = 0
    process.beatNow(in: world)
  }

  /// The description of the stage came on the lane.
  func prepare(for subject: NodeIncarnation) {
    if subject == machine.identity { knowsStage = true }
  }

  /// The ventilator wants partitions back that were not begun.
  func recall(_ recalls: [Recall], of subject: NodeIncarnation) {
    if subject == machine.identity, machine.heldCount > 0 { recalled.add(recalls) }
  }

  /// Partitions came on the lane.
  func take(_ pack: Message.Pack, in world: World) throws(Violation) {
    lastToken += 1
    packs[lastToken] = pack
    subjects[lastToken] = pack.subject
    try handle(
      .pack(
        Worker.Pack(
          token: lastToken, run: world.plan.run, sender: pack.sender, subject: pack.subject,
          partitions: pack.grants.count, hasStage: knowsStage)), in: world)
  }

  private func planTick(in world: World) {
    world.queue.insert(
      .timer(process, .workerTick), at: world.now + world.generator.span(400_000_000...600_000_000))
  }

  /// Time has passed.
  func tick(in world: World) throws(Violation) {
    if let parent = process.parent, !parent.isAlive {
      try handle(.parentDied, in: world)
    } else {
      try handle(.tick, in: world)
    }
    if process.isAlive { planTick(in: world) }
  }

  /// Starts the next pack on the compute thread if it is idle.
  func beginNextJob(in world: World) {
    guard current == nil, var job = jobs.popFirst() else { return }
    job.pack.grants.removeAll { recalled.contains($0.index, attempt: $0.attempt) }
    current = job
    begin(job, in: world)
  }

  /// The compute thread is through with a pack.
  func finish(job number: Int, in world: World) throws(Violation) {
    guard number == jobNumber, let job = current else { return }
    if kills(job, in: world) {
      world.end(process, "killed by a partition")
      return
    }
    current = nil
    finished[job.token] = results(of: job, in: world)
    beat.progress.partitions += UInt64(job.pack.grants.count)
    try handle(.computed(token: job.token), in: world)
    // A pack that was dropped while it was computed leaves its results behind.
    if !machine.keeps(job.token) {
      finished[job.token] = nil
      subjects[job.token] = nil
    }
    if machine.heldCount == 0 { recalled.removeAll() }
    if process.isAlive { beginNextJob(in: world) }
  }
}
