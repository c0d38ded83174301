import Logging
import Operators
import PipelineCore
import ResultStore
import Wire
import ZeroMQ

/// What the sink's thread owns.
struct SinkLoop: ~Copyable {
  let setup: SinkEngine.Setup
  let context: Context
  let beats: BeatSource
  let beatNow: @Sendable () -> Void
  let log: Logger
  private let output: OutputWriter
  private let keeper: ResultKeeper
  private let merger: Merger
  private var machine: Sink
  private var actions = Actions<Sink.Action>()
  var results: PullSocket
  var roster: SubscribeSocket
  private var poller: Poller
  private var receipts: ReceiptSender
  /// The results of the message that is looked at.
  var current: (token: UInt64, results: [NewResult]) = (0, [])
  /// Those of them that the machine wants stored.
  private var chosen: [NewResult] = []
  private(set) var isOver = false
  /// What earlier sessions had stored.
  private let recovered: Beat.Progress

  init(
    _ setup: SinkEngine.Setup, context: Context, beats: BeatSource,
    beatNow: @escaping @Sendable () -> Void, log: Logger
  ) throws {
    let output = try OutputWriter(setup.target, tag: String(setup.run.rawValue, radix: 36))
    let keeper = try ResultKeeper(setup.storage, run: setup.run, stage: setup.stage)
    let merger = try Merger(part: try setup.makeSinkPart(), output: output, keeper: keeper)
    var machine = Sink(identity: setup.identity, run: setup.run, stage: setup.stage)
    try Self.recover(keeper, merger, setup, into: &machine)
    var roster = try SubscribeSocket(context, options: RuntimeLimits.controlSocket)
    try roster.subscribe()
    try roster.connect(to: setup.rosterEndpoint)
    var results = try PullSocket(context, options: RuntimeLimits.dataSocket)
    try results.bind(to: setup.results)
    var poller = Poller()
    _ = try poller.add(results, for: .readable)
    _ = try poller.add(roster, for: .readable)
    self.setup = setup
    self.context = context
    self.beats = beats
    self.beatNow = beatNow
    self.log = log
    self.output = output
    self.keeper = keeper
    self.merger = merger
    self.machine = machine
    recovered = machine.progress
    receipts = ReceiptSender(run: setup.run, stage: setup.stage, sender: setup.identity)
    self.roster = roster
    self.results = results
    self.poller = poller
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

  /// Works until the roster says that the run is over.
  mutating func work() throws {
    // Does nothing to an output that was committed.
    defer { output.discard() }
    let flushed = try keeper.descriptor.map { try poller.add(fileDescriptor: $0, for: .readable) }
    defer { if let flushed { poller.remove(flushed) } }
    publishProgress()
    while !isOver {
      _ = try poller.poll(timeout: .milliseconds(100))
      try receiveRosters()
      try receiveResults()
      try takePersisted()
      publishProgress()
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
    case .store(let token, let item):
      precondition(current.token == token, "results are stored while they are looked at")
      chosen.append(current.results[item])
    case .persist(let token):
      try persist(token)
    case .connect(let node, let endpoint):
      try receipts.connect(context, to: node, endpoint: endpoint)
    case .announce(let node, let stored):
      try receipts.announce(stored, to: node)
    case .disconnect(let node):
      receipts.disconnect(node)
    case .receipts(let worker, let list):
      try receipts.send(list, about: worker)
    case .differs(let partition, let stored, let later, let worker):
      log.warning(
        "a later copy of a result differs: the stage is not deterministic",
        metadata: [
          "partition": "\(partition.index)", "worker": "\(worker.node.rawValue)",
          "stored": "\(String(stored, radix: 16))", "later": "\(String(later, radix: 16))",
        ])
    case .complete(let partitions, let absent):
      try finish(partitions, without: absent)
    case .reject(_, let worker, let reason):
      log.warning(
        "results were rejected",
        metadata: ["worker": "\(worker.node.rawValue)", "reason": "\(reason)"])
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
    if setup.target.discardsResults {
      try handle(.outputWritten(rows: machine.outputRows, bytes: 0))
      return
    }
    do {
      let written = try merger.finish(total: partitions, without: absent)
      try handle(.outputWritten(rows: written.rows, bytes: written.bytes))
    } catch {
      try handle(.outputFailed(Failure(sink: error)))
    }
  }

  private func publishProgress() {
    let progress = machine.progress
    let phase = machine.phase
    let joined = machine.isJoined
    let changed = beats.update { beat in
      beat.progress = progress
      beat.phase = phase
      beat.joined = joined
    }
    if changed { beatNow() }
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
