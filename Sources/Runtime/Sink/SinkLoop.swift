import Logging
import Operators
import PipelineCore
import ResultStore
import Wire
import ZeroMQ

/// What the sink's thread owns.
struct SinkLoop: ~Copyable {
  let setup: SinkEngine.Setup
  let feed: RosterFeed
  let link: RoleLink
  private let output: OutputWriter
  private let keeper: ResultKeeper
  private let merger: Merger
  private var machine: Sink
  private var actions = Actions<Sink.Action>()
  var results: Receiver
  private var poller: Poller
  private let rosters: PollSlot
  private let wake: PollSlot
  private var receipts: ReceiptSender
  /// The results of the message that is looked at.
  var current: (token: UInt64, results: [NewResult]) = (0, [])
  /// The same as the machine sees them; empty but for its memory in between.
  var items: [Sink.Item] = []
  /// Those of them that the machine wants stored.
  private var chosen: [NewResult] = []
  private(set) var isOver = false
  /// What earlier sessions had stored.
  private let recovered: Beat.Progress
  /// The output that stands and was not handed over yet, and when that is to be tried.
  private var toHandOver: (rows: UInt64, bytes: UInt64, due: Instant)?

  /// Handing the output over is tried again after this long.
  private static let handOverInterval = Span.seconds(1)

  /// Opens the output, takes up what earlier sessions stored and binds the sink's socket.
  ///
  /// - Throws: as ``SinkEngine/init(_:link:)``.
  init(_ setup: SinkEngine.Setup, feed: RosterFeed, link: RoleLink) throws {
    let output = try OutputWriter(setup.target, tag: String(setup.run.rawValue, radix: 36))
    let keeper = try ResultKeeper(setup.storage, run: setup.run, stage: setup.stage)
    let merger = try Merger(part: try setup.makeSinkPart(), output: output, keeper: keeper)
    var machine = Sink(
      identity: setup.identity, run: setup.run, stage: setup.stage,
      maximumPartitions: setup.maximumPartitions)
    try Self.recover(keeper, merger, setup, into: &machine)
    var results = try Receiver(link.connections, .results, options: RuntimeLimits.dataSocket)
    var poller = Poller()
    try results.watch(in: &poller)
    let rosters = try feed.watch(in: &poller)
    let wake = try poller.add(fileDescriptor: link.stop.descriptor, for: .readable)
    self.setup = setup
    self.feed = feed
    self.link = link
    self.output = output
    self.keeper = keeper
    self.merger = merger
    self.machine = machine
    recovered = machine.progress
    receipts = ReceiptSender(
      link.connections, run: setup.run, stage: setup.stage, sender: setup.identity)
    let endpoints = Beat.Endpoints(
      results: results.endpoint, key: link.connections.publicKey)
    if link.beats.update({ $0.endpoints = endpoints }) { link.beatNow() }
    self.results = results
    self.poller = poller
    self.rosters = rosters
    self.wake = wake
  }

  /// Takes up what earlier sessions stored.
  private static func recover(
    _ keeper: ResultKeeper, _ merger: Merger, _ setup: SinkEngine.Setup, into machine: inout Sink
  ) throws {
    var actions = Actions<Sink.Action>()
    try keeper.recover { batch in
      if !setup.target.discardsResults {
        for result in batch { try merger.add(recovered: result) }
      }
      machine.handle(
        .recovered(batch.map { Sink.Recovered($0) }), at: MonotonicClock.now, into: &actions)
    }
    precondition(actions.list.isEmpty, "a sink acts before it has met anybody")
  }

  /// Works until the roster says that the run is over, or until told to stop.
  mutating func work() throws {
    // Does nothing to an output that was committed.
    defer { output.discard() }
    defer { poller.remove(wake) }
    let flushed = try keeper.descriptor.map { try poller.add(fileDescriptor: $0, for: .readable) }
    defer { if let flushed { poller.remove(flushed) } }
    setup.processor?.takePart()
    publishProgress()
    while !isOver {
      _ = try poller.poll(timeout: .milliseconds(100))
      if link.stop.isRaised { return }
      // In this order: what a worker sent before it left the roster is not dropped for that.
      try receiveResults()
      if poller.isReadable(rosters) { try receiveRosters() }
      try feed.listen()
      if let flushed, poller.isReadable(flushed) { try takePersisted() }
      try handOver()
      publishProgress()
      try results.countRefusals(link.connections)
      link.connections.reportRefusals(link.log)
    }
  }

  /// What is there when the sink leaves.
  var ending: SinkEngine.Ending {
    var ending = SinkEngine.Ending(recovered: recovered)
    guard case .finished(let rows, let bytes) = machine.phase else { return ending }
    ending.written = (rows, bytes)
    ending.captured = output.captured
    return ending
  }

  mutating func handle(_ event: Sink.Event) throws {
    machine.handle(event, at: MonotonicClock.now, into: &actions)
    var todo = Actions<Sink.Action>()
    swap(&todo, &actions)
    for action in todo.list { try carryOut(action) }
  }

  private mutating func carryOut(_ action: Sink.Action) throws {
    switch action {
    case .store(let token, let items):
      precondition(current.token == token, "results are stored while they are looked at")
      chosen.append(contentsOf: current.results[items])
    case .persist(let token):
      try persist(token)
    case .connect(let node, let endpoint):
      try receipts.connect(to: node, endpoint: endpoint, log: link.log)
    case .announce(let node, let stored):
      try receipts.announce(stored, to: node)
    case .disconnect(let node):
      receipts.disconnect(node)
    case .receipts(let worker, let list):
      try receipts.send(list, about: worker)
    case .differs(let partition, let stored, let later, let worker):
      link.log.warning(
        "a later copy of a result differs: the stage is not deterministic",
        metadata: [
          "partition": "\(partition.index)", "worker": "\(worker.node.rawValue)",
          "stored": "\(String(stored, radix: 16))", "later": "\(String(later, radix: 16))",
        ])
    case .complete(let partitions, let absent):
      try finish(partitions, without: absent)
    case .reject(_, let worker, let reason):
      link.connections.note(.unacceptable("results of worker \(worker.node.rawValue): \(reason)"))
    case .leave:
      isOver = true
    }
  }

  /// Keeps and merges what the machine chose of a message, and has it made durable.
  private mutating func persist(_ token: UInt64) throws {
    defer { chosen.removeAll(keepingCapacity: true) }
    if case .failed = machine.phase { return }
    do {
      let places = keeper.isDurable && !chosen.isEmpty ? try keeper.keep(chosen) : []
      if !setup.target.discardsResults {
        for (position, result) in chosen.enumerated() {
          try merger.add(result, at: places.isEmpty ? nil : places[position])
        }
      }
    } catch {
      try handle(.storeFailed(Failure(sink: error)))
      return
    }
    if keeper.persist(token, chosen) { try handle(.persisted(token: token)) }
  }

  private mutating func takePersisted() throws {
    let token: UInt64?
    do {
      token = try keeper.takePersisted()
    } catch {
      try handle(.storeFailed(Failure(sink: error)))
      return
    }
    if let token { try handle(.persisted(token: token)) }
  }

  private mutating func finish(_ partitions: UInt32, without absent: [UInt32]) throws {
    publishProgress()
    // What merges results in parallel is to have all processors.
    setup.processor?.release()
    if setup.target.discardsResults {
      toHandOver = (machine.outputRows, 0, MonotonicClock.now)
      return try handOver()
    }
    do {
      let written = try merger.finish(total: partitions, without: absent)
      toHandOver = (written.rows, written.bytes, MonotonicClock.now)
    } catch {
      try handle(.outputFailed(Failure(sink: error)))
    }
    try handOver()
  }

  /// Hands the output over where somebody wants it, and says that the run has finished.
  private mutating func handOver() throws {
    guard let output = toHandOver, MonotonicClock.now >= output.due else { return }
    do {
      try setup.handOver?(self.output.captured)
    } catch {
      link.log.warning(
        "the output cannot be handed over yet", metadata: ["error": "\(error)"])
      toHandOver?.due = MonotonicClock.now + Self.handOverInterval
      return
    }
    toHandOver = nil
    try handle(.outputWritten(rows: output.rows, bytes: output.bytes))
  }

  private func publishProgress() {
    let progress = machine.progress
    let phase = machine.phase
    let joined = machine.isJoined
    let changed = link.beats.update { beat in
      beat.progress = progress
      beat.phase = phase
      beat.joined = joined
    }
    if changed { link.beatNow() }
  }
}

extension Sink.Recovered {
  fileprivate init(_ result: StoredResult) {
    self.init(
      index: result.index, digest: result.digest, bytes: UInt64(result.place.length),
      counts: Sink.Counts(
        rows: result.rows, skipped: result.skipped, outputRows: result.outputRows))
  }
}

extension Failure {
  /// What went wrong while results were stored or merged.
  fileprivate init(sink error: any Error) {
    switch error {
    case let error as OperatorError:
      self.init(error.code == .operating ? .operating : .data, error.message)
    case let error as RuntimeError:
      self.init(.operating, error.message)
    default:
      self.init(.operating, "\(error)")
    }
  }
}
