package import Logging
package import Operators
package import PipelineCore
import Wire
import ZeroMQ

/// A worker's part in one run: the ``Worker`` machine with its sockets, on the calling thread.
package struct WorkerEngine: ~Copyable {
  /// How it takes part.
  struct Terms: Sendable {
    /// The run to take part in; `nil`: that of the first roster.
    var run: RunID?
    /// Whether it waits for the next run when this one is over.
    var staysAfterRun: Bool
    /// How long a silent supervisor is waited for, where it does not stay.
    var patience: Span
    /// The process that started this one; when it is gone the worker leaves. 0 for none.
    var parent: Int32
  }

  let gear: WorkerGear
  private let terms: Terms
  private var machine: Worker
  private var actions = Actions<Worker.Action>()
  var lane: Receiver
  private var sink: ConnectedSink?
  private var poller: Poller
  private let rosters: PollSlot
  private var stopSlot: PollSlot?
  var packs: [UInt64: ReceivedPack] = [:]
  private var finished: [UInt64: ComputeThread.Finished] = [:]
  /// Whether the description of the stage has come, to this incarnation or an earlier one.
  var hasStage = false
  private var leaveReason: Worker.LeaveReason?
  /// Whether this incarnation has just begun and no beat was asked for.
  private var isNew = true
  /// Since when the compute thread was seen at what an earlier incarnation began.
  private var heldUpSince: Instant?

  /// How long leaving waits at most for sockets to close. What lingers is not waited for.
  static let leavingTime = Duration.milliseconds(200)
  /// What an earlier incarnation began may take so much longer.
  static let longestHoldUp = Span.seconds(2)

  struct ReceivedPack {
    var header: SharedMessage
    var payload: SharedMessage
  }

  /// Runs a worker until its run ends or it is told to leave, which it then does at once.
  ///
  /// An operator that is in the middle of a partition then goes on on its thread until the process
  /// exits: leave it by `_exit`, since what `exit` tears down may be in that operator's use.
  ///
  /// - Returns: why it left.
  /// - Throws: ``ZeroMQError``, ``RuntimeError`` when a socket or a thread cannot be had.
  package static func run(
    _ configuration: WorkerConfiguration, registry: OperatorRegistry, log: Logger
  ) throws -> Worker.LeaveReason {
    let context = try Context()
    let reason: Worker.LeaveReason
    do {
      let gear = try WorkerGear(
        Connections(
          context, .local(configuration.directory), supervisor: configuration.supervisor),
        node: configuration.node, name: configuration.name,
        beatInterval: configuration.beatInterval, registry: registry,
        mark: configuration.mark, stop: StopSignal(), onStuck: nil, log: log)
      defer { gear.close(takingLeave: false) }
      var engine = try WorkerEngine(
        Terms(
          run: configuration.run, staysAfterRun: false, patience: configuration.patience,
          parent: configuration.parent), gear: gear)
      reason = try engine.work()
    }
    // Nobody waits for what is queued: the context gets a moment to end and no more.
    do {
      try context.terminate(within: leavingTime)
    } catch {
      log.debug("the context has not ended", metadata: ["error": "\(error)"])
    }
    return reason
  }

  /// Begins an incarnation that takes part in a run.
  ///
  /// - Throws: ``ZeroMQError``.
  init(_ terms: Terms, gear: WorkerGear) throws(ZeroMQError) {
    let identity = NodeIncarnation(freshOf: gear.meter.identity.node)
    var lane = try Receiver(
      gear.connections, .lane(identity), options: RuntimeLimits.dataSocket)
    var poller = Poller()
    try lane.watch(in: &poller)
    rosters = try gear.feed.watch(in: &poller)
    self.gear = gear
    self.terms = terms
    machine = Worker(
      identity: identity, run: terms.run, staysAfterRun: terms.staysAfterRun,
      patience: terms.patience, at: MonotonicClock.now)
    gear.begin(
      identity, run: terms.run ?? .none,
      endpoints: Beat.Endpoints(lane: lane.endpoint, key: gear.connections.publicKey))
    self.lane = lane
    self.poller = poller
  }

  /// Takes part until the machine leaves.
  mutating func work() throws -> Worker.LeaveReason {
    try gear.startBeating()
    defer { gear.end() }
    let computed = try poller.add(fileDescriptor: gear.finished.descriptor, for: .readable)
    stopSlot = try poller.add(fileDescriptor: gear.stop.descriptor, for: .readable)
    defer {
      poller.remove(computed)
      forgetStop()
    }
    while true {
      _ = try poller.poll(timeout: .milliseconds(100))
      if stopSlot != nil, gear.stop.isRaised {
        forgetStop()
        try handle(.drain)
      }
      if poller.isReadable(rosters) { try receiveRosters() }
      try gear.feed.listen()
      try receivePacks()
      if poller.isReadable(computed) {
        for result in gear.finished.drain() { try take(result) }
      }
      try handle(.tick)
      if terms.parent != 0, HostName.parentID != terms.parent { try handle(.parentDied) }
      if let failure = gear.beatFailure { throw RuntimeError(failure.message) }
      tellBeats()
      if let leaveReason { return leaveReason }
      watchHoldUp()
      try lane.countRefusals(gear.connections)
      gear.connections.reportRefusals(gear.log)
    }
  }

  /// Waits no more for the signal to stop: once it is raised it stays so.
  private mutating func forgetStop() {
    if let slot = stopSlot { poller.remove(slot) }
    stopSlot = nil
  }

  mutating func handle(_ event: Worker.Event) throws {
    machine.handle(event, at: MonotonicClock.now, into: &actions)
    var todo = Actions<Worker.Action>()
    swap(&todo, &actions)
    for action in todo.list { try carryOut(action) }
  }

  /// Who this worker is now.
  var identity: NodeIncarnation { machine.identity }

  private mutating func carryOut(_ action: Worker.Action) throws {
    switch action {
    case .compute(let token):
      guard let pack = packs.removeValue(forKey: token) else {
        preconditionFailure("pack \(token) is not held")
      }
      gear.compute.post(
        .process(token: token, header: pack.header, payload: pack.payload, gear.meter))
    case .send(let token):
      guard let result = finished.removeValue(forKey: token) else {
        preconditionFailure("results \(token) are not held")
      }
      try send(result)
    case .drop(let token, let reason):
      packs[token] = nil
      finished[token] = nil
      gear.log.debug("dropped a pack of partitions", metadata: ["reason": "\(reason)"])
    case .connectSink(let node, let endpoint): try connect(to: node, endpoint)
    case .disconnectSink(let node):
      guard let old = sink, old.node == node else { break }
      sink = nil
      try old.drop()
    case .startAnew: try startAnew()
    case .leave(let reason): leaveReason = reason
    }
  }

  private mutating func connect(to node: NodeIncarnation, _ endpoint: String) throws {
    do throws(ZeroMQError) {
      sink = try ConnectedSink(gear.connections, node: node, endpoint: endpoint)
    } catch {
      guard !gear.connections.transport.isLocal else { throw error }
      // The sink's address, or its key, is at fault: results get lost until another one comes.
      sink = nil
      gear.log.warning(
        "cannot connect to the sink",
        metadata: ["endpoint": "\(endpoint)", "error": "\(error)"])
    }
  }

  private mutating func send(_ result: ComputeThread.Finished) throws {
    // Where there is none it cannot be reached; the partitions are given out again.
    guard let sink else { return }
    for message in result.messages {
      switch try sink.send(message.header, message.payload) {
      case .sent, .lost: break
      case .wouldBlock:
        // Credit bounds what can be on the way far below the high-water mark.
        preconditionFailure("the results socket is full although credit was kept")
      }
    }
  }

  private mutating func startAnew() throws {
    machine.restart(as: Incarnation(rawValue: .random(in: 1 ... .max)), at: MonotonicClock.now)
    gear.log.warning("this incarnation was declared dead; starting a new one")
    lane.leave(&poller)
    lane = try Receiver(
      gear.connections, .lane(machine.identity), options: RuntimeLimits.dataSocket)
    try lane.watch(in: &poller)
    gear.begin(
      machine.identity, run: machine.run ?? .none,
      endpoints: Beat.Endpoints(lane: lane.endpoint, key: gear.connections.publicKey))
    isNew = true
  }

  mutating func take(_ result: ComputeThread.Finished) throws {
    finished[result.token] = result
    try handle(.computed(token: result.token))
    // A pack that was dropped while it was computed leaves its results behind.
    if !machine.keeps(result.token) { finished[result.token] = nil }
  }

  /// Notes what beats tell, and has one sent at once where others wait for it.
  private mutating func tellBeats() {
    gear.meter.hold(machine.heldPartitions)
    if machine.heldCount == 0 { gear.meter.forgetRecalled() }
    let joined = machine.isJoined
    let run = machine.run ?? .none
    let isDraining = machine.isDraining
    let seesFiles = gear.meter.seesFiles
    let phase = machine.phase
    let hasChanged = gear.source.update { beat in
      beat.joined = joined
      beat.run = run
      beat.isDraining = isDraining
      beat.seesFiles = seesFiles
      beat.phase = phase
    }
    if hasChanged || isNew { gear.beatNow() }
    isNew = false
  }

  /// Tells when what an earlier incarnation began does not end: nothing is computed meanwhile.
  private mutating func watchHoldUp() {
    guard let onStuck = gear.onStuck else { return }
    guard gear.meter.isHeldUp else {
      heldUpSince = nil
      return
    }
    let now = MonotonicClock.now
    let since = heldUpSince ?? now
    heldUpSince = since
    guard now - since > Self.longestHoldUp else { return }
    heldUpSince = now
    onStuck()
  }
}
