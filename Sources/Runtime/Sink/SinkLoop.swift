import Logging
import Operators
import PipelineCore
import Wire
import ZeroMQ

/// What the sink's thread owns.
struct SinkLoop: ~Copyable {
  private let setup: SinkEngine.Setup
  private let context: Context
  private let beats: BeatSource
  private let beatNow: @Sendable () -> Void
  private let log: Logger
  private let output: OutputWriter
  private let merger: Merger
  private var machine: Sink
  private var actions = Actions<Sink.Action>()
  private var results: PullSocket
  private var roster: SubscribeSocket
  private var poller: Poller
  private var receipts: ReceiptSender
  private var lastToken: UInt64 = 0
  /// The message whose items are being looked at.
  private var current: (token: UInt64, payloads: [UnsafeRawBufferPointer])?
  private var isOver = false

  init(
    _ setup: SinkEngine.Setup, context: Context, beats: BeatSource,
    beatNow: @escaping @Sendable () -> Void, log: Logger
  ) throws {
    let output = try OutputWriter(setup.target, tag: String(setup.run.rawValue, radix: 36))
    let merger = try Merger(
      part: try setup.makeSinkPart(), output: output, spoolDirectory: setup.spoolDirectory)
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
    self.merger = merger
    machine = Sink(stage: setup.stage)
    receipts = ReceiptSender(run: setup.run, stage: setup.stage, sender: setup.identity)
    self.roster = roster
    self.results = results
    self.poller = poller
  }

  /// Works until the roster says that the run is over.
  mutating func work() throws {
    // Does nothing to an output that was committed.
    defer { output.discard() }
    while !isOver {
      _ = try poller.poll(timeout: .milliseconds(100))
      try receiveRosters()
      try receiveResults()
      publishProgress()
    }
  }

  /// What is there when the sink leaves.
  var ending: SinkEngine.Ending {
    guard case .finished(let rows, let bytes) = machine.phase else { return SinkEngine.Ending() }
    return SinkEngine.Ending(written: (rows, bytes), captured: output.captured)
  }

  private mutating func handle(_ event: Sink.Event) throws {
    machine.handle(event, at: MonotonicClock.now, into: &actions)
    var todo = Actions<Sink.Action>()
    swap(&todo, &actions)
    for action in todo.list { try carryOut(action) }
  }

  private mutating func carryOut(_ action: Sink.Action) throws {
    switch action {
    case .store(let token, let item):
      try store(token: token, item: item)
    case .persist(let token):
      try handle(.persisted(token: token))
    case .receipts(let worker, let list):
      try receipts.send(list, about: worker)
    case .differs(let partition, let stored, let later, let worker):
      log.warning(
        "a later copy of a result differs: the stage is not deterministic",
        metadata: [
          "partition": "\(partition.index)", "worker": "\(worker.node.rawValue)",
          "stored": "\(String(stored, radix: 16))", "later": "\(String(later, radix: 16))",
        ])
    case .complete(let partitions):
      try finish(partitions)
    case .reject(_, let worker, let reason):
      log.warning(
        "results were rejected",
        metadata: ["worker": "\(worker.node.rawValue)", "reason": "\(reason)"])
    case .leave:
      isOver = true
    }
  }

  private mutating func store(token: UInt64, item: Int) throws {
    guard let current, current.token == token else {
      preconditionFailure("results are stored while they are looked at")
    }
    if case .failed = machine.phase { return }
    if case .discard = setup.target { return }
    do {
      let (index, rows) = currentItems[item]
      try merger.add(index, current.payloads[item], rows: rows)
    } catch {
      try handle(.storeFailed(Failure(sink: error)))
    }
  }

  /// Index and output rows of each item of the current message.
  private var currentItems: [(index: UInt32, rows: Int)] = []

  private mutating func finish(_ partitions: UInt32) throws {
    publishProgress()
    if case .discard = setup.target {
      try handle(.outputWritten(rows: machine.outputRows, bytes: 0))
      return
    }
    do {
      let written = try merger.finish(total: partitions)
      try handle(.outputWritten(rows: written.rows, bytes: written.bytes))
    } catch {
      try handle(.outputFailed(Failure(sink: error)))
    }
  }

  private func publishProgress() {
    let progress = machine.progress
    let phase = machine.phase
    let changed = beats.update { beat in
      beat.progress = progress
      beat.phase = phase
    }
    if changed { beatNow() }
  }
}

extension SinkLoop {
  private mutating func receiveRosters() throws {
    while let message = try roster.receiveControl(log) {
      guard case .roster(let roster) = message else { continue }
      let joined = roster.member(setup.identity.node)?.node == setup.identity
      if beats.update({ $0.joined = joined }) { beatNow() }
      try receipts.follow(roster, context)
      try handle(.roster(roster))
    }
  }

  private mutating func receiveResults() throws {
    var count = 0
    while count < RuntimeLimits.burst, !isOver,
      let (header, payload) = try results.receivePair(log)
    {
      count += 1
      do {
        try take(header, payload)
      } catch let error as WireError {
        log.warning("results were not understood", metadata: ["error": "\(error)"])
      }
    }
  }

  private mutating func take(_ header: SharedMessage, _ payload: SharedMessage) throws {
    // The bytes stay where they are while the machine decides and the merger takes them in.
    let (frame, body) = (header.bytes, payload.bytes)
    defer { withExtendedLifetime((header, payload)) {} }
    let message = try DataMessage(frame: frame, payload: body)
    guard case .results(let entries) = message.content, message.header.run == setup.run else {
      throw WireError(.malformed, "only results of this run belong on this channel")
    }
    lastToken += 1
    var items: [Sink.Item] = []
    var payloads: [UnsafeRawBufferPointer] = []
    currentItems.removeAll(keepingCapacity: true)
    items.reserveCapacity(entries.count)
    payloads.reserveCapacity(entries.count)
    for (entry, payload) in entries {
      items.append(Self.item(entry, payload, stage: message.header.stage))
      payloads.append(payload)
      currentItems.append((entry.index, Int(entry.outputRows)))
    }
    current = (lastToken, payloads)
    defer { current = nil }
    try handle(.results(token: lastToken, worker: message.header.sender, items))
  }

  private static func item(
    _ entry: ResultEntry, _ payload: UnsafeRawBufferPointer, stage: UInt32
  ) -> Sink.Item {
    let partition = PartitionID(stage: stage, index: entry.index)
    let outcome: Sink.Outcome
    do throws(WireError) {
      try entry.verify(payload: payload)
      switch entry.kind {
      case .failure: outcome = .failed(try Failure(wire: payload))
      case .result:
        outcome = .result(
          digest: entry.digest, bytes: UInt64(entry.length),
          counts: Sink.Counts(
            rows: entry.rows, skipped: entry.skipped, outputRows: entry.outputRows))
      }
    } catch {
      // Damaged on the way: the same partition may arrive whole the next time.
      outcome = .failed(Failure(.operating, error.message))
    }
    return Sink.Item(partition: partition, attempt: entry.attempt, outcome: outcome)
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
