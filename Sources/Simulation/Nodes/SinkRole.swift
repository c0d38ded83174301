import PipelineCore
import ResultStore

/// The production sink with the production store on a made-up disk.
final class SinkRole: Role {
  unowned(unsafe) let process: SimulatedProcess
  var beat: Beat
  private(set) var machine: Sink
  private var check: SinkCheck
  private var actions = Actions<Sink.Action>()
  let disk: any StoreDisk
  var store: ResultStore
  /// Receipts go through these; looked up only, but for ``peers``.
  private var receipts: [NodeIncarnation: Pipe] = [:]
  private var peers: [NodeIncarnation] = []
  var merge = SinkMerge()
  private var lastToken: UInt64 = 0
  /// The message whose items are being looked at, and which of them are to be stored.
  private var current: Message.Results?
  private var chosen: [Int] = []
  var flush = SinkFlush()
  /// What is to be written: the number of partitions and those left out.
  var completing: (partitions: UInt32, without: [UInt32])?
  private(set) var hasLeft = false
  /// Whether the store is recovered and the sockets are bound.
  private(set) var isReady = false
  private var isJoined = false
  private var hasFailed = false
  private var events = 0

  /// Starts to recover the store.
  init(_ identity: NodeIncarnation, in process: SimulatedProcess, world: World) {
    self.process = process
    machine = Sink(identity: identity, run: world.plan.run, stage: 0)
    #if PLANTED_FAULTS
    machine.planted = world.plan.planted
    #endif
    check = SinkCheck(identity, total: UInt32(world.plan.partitions.count))
    disk = world.openDisk()
    store = ResultStore(
      disk: disk, run: world.plan.run, stage: 0,
      segmentSize: world.plan.segmentSize)
    beat = Beat(
      sender: identity, roles: .sink, name: "sink", host: "h\(process.host)",
      processID: process.processID, sequence: 0, interval: world.plan.interval, joined: false,
      endpoints: Beat.Endpoints(), progress: Beat.Progress(), phase: .working,
      run: world.plan.run)
    world.queue.insert(
      .timer(process, .sinkReady), at: world.now + world.generator.span(100_000...20_000_000))
  }

  /// Recovers the store, binds the sockets, and joins.
  func begin(in world: World) throws(Violation) {
    let recovered: [Sink.Recovered]
    do {
      recovered = try recoverStore(in: world)
    } catch let violation as Violation {
      throw violation
    } catch {
      world.tell("the store could not be recovered", node: machine.identity)
      world.noteStoreFailure()
      world.end(process, "the store could not be recovered")
      return
    }
    isReady = true
    let results = world.bind(.results, by: process)
    beat.endpoints.results = Address.text(results)
    world.subscribe(process, as: .rosterToSink)
    var first = 0
    repeat {
      // In batches, as production recovers.
      let end = min(first + world.generator.pick(1...40), recovered.count)
      try handle(.recovered(Array(recovered[first..<end])), in: world)
      first = end
    } while first < recovered.count
    process.beatNow(in: world)
  }

  /// Feeds the machine and carries out what it wants done.
  func handle(_ event: Sink.Event, in world: World) throws(Violation) {
    if hasLeft { return }
    check.observe(event)
    machine.handle(event, at: process.clock(world), into: &actions)
    if !actions.list.isEmpty {
      var todo = Actions<Sink.Action>()
      swap(&todo, &actions)
      for action in todo.list {
        try check.judge(action, in: world)
        try carryOut(action, in: world)
      }
    }
    events += 1
    if events % world.plan.inspectionEvery == 0 { machine.checkInvariants() }
    if beat.phase != machine.phase || isJoined != machine.isJoined {
      refreshBeat(in: world)
      process.beatNow(in: world)
    }
  }

  func refreshBeat(in world: World) {
    isJoined = machine.isJoined
    beat.joined = isJoined
    beat.phase = machine.phase
    beat.progress = machine.progress
  }

  private func carryOut(_ action: Sink.Action, in world: World) throws(Violation) {
    switch action {
    case .store(_, let items): chosen.append(contentsOf: items)
    case .persist(let token): try persist(token, in: world)
    case .connect(let node, let endpoint):
      receipts[node] = world.connect(
        .push, from: process, to: Address.number(in: endpoint),
        highWaterMark: world.plan.dataMark)
      peers.append(node)
    case .disconnect(let node):
      if let pipe = receipts.removeValue(forKey: node) { world.close(pipe) }
      peers.removeAll { $0 == node }
    case .announce(let node, let partitions):
      guard let pipe = receipts[node] else {
        throw Violation("a sink gives its word to a node that it is not connected to")
      }
      world.tell("word given", node: node, number: UInt64(partitions.count))
      let word = Message.Stored(
        sender: machine.identity, recipient: node, partitions: partitions)
      world.send(.stored(Shared(word)), into: pipe)
    case .receipts(_, let list):
      let message = Message.receipts(
        Shared(Message.Receipts(sender: machine.identity, list: list)))
      for peer in peers {
        if let pipe = receipts[peer] { world.send(message, into: pipe) }
      }
    case .differs(let partition, _, _, _):
      world.tell("differs", partition: partition.index)
      if world.plan.partitions[Int(partition.index)].nature != .fickle {
        throw Violation("reported to differ, and all copies are equal", partition.index)
      }
    case .complete(let partitions, let without):
      completing = (partitions, without)
      beginOutput(in: world)
    case .reject(_, _, let reason): throw Violation("a good message was rejected: \(reason)")
    case .leave:
      world.tell("sink leaves", node: machine.identity)
      hasLeft = true
      world.roleLeft(process)
    }
  }

  /// A worker's results came.
  func take(_ results: Message.Results, in world: World) throws(Violation) {
    if hasLeft { return }
    lastToken += 1
    current = results
    chosen.removeAll(keepingCapacity: true)
    try handle(.results(token: lastToken, worker: results.sender, results.items), in: world)
    current = nil
  }

  /// Appends what the machine chose of the present message, and has it flushed.
  private func persist(_ token: UInt64, in world: World) throws(Violation) {
    guard let current else { throw Violation("results are stored when nothing came") }
    if !hasFailed, !chosen.isEmpty {
      do {
        try append(chosen.map { (current.items[$0], current.payloads[$0]) }, in: world)
      } catch let violation as Violation {
        throw violation
      } catch {
        try fail(in: world)
      }
    }
    flush.token = token
    try beginFlush(in: world)
  }

  /// The store failed: the machine is told, once.
  func fail(in world: World) throws(Violation) {
    if hasFailed { return }
    hasFailed = true
    world.tell("the store fails", node: machine.identity)
    world.noteStoreFailure()
    try handle(.storeFailed(Failure(.operating, "the disk is at fault")), in: world)
  }

  /// Whether results can be stored.
  var canStore: Bool { !hasFailed }
}
