package import Logging
package import Operators
package import PipelineCore
import Wire
import ZeroMQ

/// A worker process: the ``Worker`` machine with its sockets, on the calling thread.
package struct WorkerEngine: ~Copyable {
  private let configuration: WorkerConfiguration
  private let context: Context
  private let source: BeatSource
  private let inbox: Inbox<ComputeThread.Finished>
  private var meter: WorkerMeter
  private let log: Logger
  private var machine: Worker
  private var actions = Actions<Worker.Action>()
  private var lane: LaneReceiver
  private var roster: SubscribeSocket
  private var sink: ConnectedSink?
  private var poller: Poller
  private var laneSlot: PollSlot
  private var packs: [UInt64: ReceivedPack] = [:]
  private var finished: [UInt64: ComputeThread.Finished] = [:]
  private var lastToken: UInt64 = 0
  /// Whether the description of the stage has come, to this incarnation or an earlier one.
  private var hasStage = false
  private var leaveReason: Worker.LeaveReason?
  /// Whether this incarnation has just begun and no beat was asked for.
  private var isNew = false

  /// The longest that leaving waits for sockets to close. What lingers is not waited for.
  private static let leavingTime = Duration.milliseconds(200)

  private struct ReceivedPack {
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
      var engine = try WorkerEngine(configuration, context: context, log: log)
      reason = try engine.work(registry: registry)
    }
    // Nobody waits for what is queued: the context gets a moment to end and no more.
    do {
      try context.terminate(within: leavingTime)
    } catch {
      log.debug("the context has not ended", metadata: ["error": "\(error)"])
    }
    return reason
  }

  private init(
    _ configuration: WorkerConfiguration, context: Context, log: Logger
  ) throws {
    let inbox = try Inbox<ComputeThread.Finished>()
    let identity = NodeIncarnation(
      node: configuration.node, incarnation: Incarnation(rawValue: .random(in: 1 ... .max)))
    let lane = try LaneReceiver(context, directory: configuration.directory, identity: identity)
    var roster = try SubscribeSocket(context, options: RuntimeLimits.controlSocket)
    try roster.subscribe()
    try roster.connect(to: configuration.supervisor.roster)
    var poller = Poller()
    let laneSlot = try poller.add(lane.socket, for: .readable)
    _ = try poller.add(roster, for: .readable)
    self.laneSlot = laneSlot
    self.configuration = configuration
    self.context = context
    self.log = log
    self.inbox = inbox
    machine = Worker(
      identity: identity, run: nil, staysAfterRun: false, patience: configuration.patience,
      at: MonotonicClock.now)
    let meter = WorkerMeter(identity)
    self.meter = meter
    source = BeatSource(
      Beat(
        sender: identity, roles: .worker, name: configuration.name, host: HostName.current,
        processID: HostName.processID, sequence: 0, interval: configuration.beatInterval,
        joined: false, endpoints: Beat.Endpoints(lane: lane.endpoint), progress: Beat.Progress(),
        phase: .working), meter: meter)
    self.lane = lane
    self.roster = roster
    self.poller = poller
  }

  private mutating func work(registry: OperatorRegistry) throws -> Worker.LeaveReason {
    let beats = try BeatPublisher(
      context: context, endpoint: configuration.supervisor.beats,
      options: RuntimeLimits.controlSocket, sources: [source])
    defer { beats.stop() }
    let inbox = self.inbox
    let compute = try ComputeThread(registry: registry) { inbox.post($0) }
    defer {
      meter.abandon()
      compute.stop()
    }
    let wake = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
    defer { poller.remove(wake) }
    while true {
      _ = try poller.poll(timeout: .milliseconds(100))
      try receiveRosters(compute)
      try receivePacks(compute)
      for result in inbox.drain() { try take(result, compute) }
      try handle(.tick, compute)
      if configuration.parent != 0, HostName.parentID != configuration.parent {
        try handle(.parentDied, compute)
      }
      if let failure = beats.stopReason { throw RuntimeError(failure.message) }
      if let leaveReason { return leaveReason }
      tellBeats(beats)
    }
  }

  private mutating func handle(_ event: Worker.Event, _ compute: ComputeThread) throws {
    machine.handle(event, at: MonotonicClock.now, into: &actions)
    var todo = Actions<Worker.Action>()
    swap(&todo, &actions)
    for action in todo.list { try carryOut(action, compute) }
  }

  private mutating func carryOut(_ action: Worker.Action, _ compute: ComputeThread) throws {
    switch action {
    case .compute(let token):
      guard let pack = packs.removeValue(forKey: token) else {
        preconditionFailure("pack \(token) is not held")
      }
      compute.post(
        .process(token: token, header: pack.header, payload: pack.payload, meter))
    case .send(let token):
      guard let result = finished.removeValue(forKey: token) else {
        preconditionFailure("results \(token) are not held")
      }
      try send(result)
    case .drop(let token, let reason):
      packs[token] = nil
      finished[token] = nil
      log.debug("dropped a pack of partitions", metadata: ["reason": "\(reason)"])
    case .connectSink(let node, let endpoint):
      sink = try ConnectedSink(context, node: node, endpoint: Endpoint(endpoint))
    case .disconnectSink(let node):
      if sink?.node == node { sink = nil }
    case .startAnew:
      try startAnew()
    case .leave(let reason):
      leaveReason = reason
    }
  }

  private mutating func send(_ result: ComputeThread.Finished) throws {
    guard let sink else { preconditionFailure("results are sent while no sink is known") }
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
    log.warning("this incarnation was declared dead; starting a new one")
    poller.remove(laneSlot)
    lane = try LaneReceiver(
      context, directory: configuration.directory, identity: machine.identity)
    laneSlot = try poller.add(lane.socket, for: .readable)
    // What the compute thread is in the middle of is the void incarnation's: it counts there, and no
    // further partition of it is begun.
    meter.abandon()
    meter = WorkerMeter(machine.identity, before: meter)
    source.restart(meter: meter, endpoints: Beat.Endpoints(lane: lane.endpoint))
    isNew = true
  }

  /// Notes what beats tell, and has one sent at once where others wait for it.
  private mutating func tellBeats(_ beats: BeatPublisher) {
    meter.hold(machine.heldPartitions)
    let joined = machine.isJoined
    let run = machine.run ?? .none
    let isDraining = machine.isDraining
    let hasChanged = source.update { beat in
      beat.joined = joined
      beat.run = run
      beat.isDraining = isDraining
    }
    if hasChanged || isNew { beats.beatNow() }
    isNew = false
  }
}

extension WorkerEngine {
  private mutating func receiveRosters(_ compute: ComputeThread) throws {
    while let message = try roster.receiveControl(log) {
      guard case .roster(let roster) = message else { continue }
      try handle(.roster(roster), compute)
    }
  }

  private mutating func receivePacks(_ compute: ComputeThread) throws {
    var count = 0
    while count < RuntimeLimits.burst, let (header, payload) = try lane.socket.receivePair(log) {
      count += 1
      do {
        try take(header, payload, compute)
      } catch let error as WireError {
        log.warning("a message on the lane was not understood", metadata: ["error": "\(error)"])
      }
    }
  }

  private mutating func take(
    _ header: SharedMessage, _ payload: SharedMessage, _ compute: ComputeThread
  ) throws {
    let content: (DataHeader, StageSpecification?, partitions: Int, bytes: Int) =
      try header.withUnsafeBytes { header throws(WireError) in
        try payload.withUnsafeBytes { payload throws(WireError) in
          let message = try DataMessage(frame: header, payload: payload)
          switch message.content {
          case .stage(let specification): return (message.header, specification, 0, 0)
          case .lane(let entries):
            return (message.header, nil, entries.count, entries.reduce(0) { $0 + $1.entry.size })
          case .results, .receipts, .stored:
            throw .init(.malformed, "results and a sink's words do not belong on a lane")
          }
        }
      }
    if let specification = content.1 {
      if content.0.subject == machine.identity {
        hasStage = true
        compute.post(.prepare(specification))
      }
      return
    }
    lastToken += 1
    packs[lastToken] = ReceivedPack(header: header, payload: payload)
    guard let subject = content.0.subject else {
      preconditionFailure("a validated lane message has a subject")
    }
    try handle(
      .pack(
        Worker.Pack(
          token: lastToken, run: content.0.run, sender: content.0.sender, subject: subject,
          partitions: content.partitions, bytes: content.bytes, hasStage: hasStage)), compute)
  }

  private mutating func take(
    _ result: ComputeThread.Finished, _ compute: ComputeThread
  ) throws {
    finished[result.token] = result
    try handle(.computed(token: result.token), compute)
    // A pack that was dropped while it was computed leaves its results behind.
    if !machine.keeps(result.token) { finished[result.token] = nil }
  }
}
