import Logging
import PipelineCore
import Wire
import ZeroMQ

/// What the supervisor's thread owns.
struct SupervisorLoop: ~Copyable {
  let connections: Connections
  let log: Logger
  private let setup: SupervisorEngine.Setup
  private let observer: SupervisorEngine.Observer
  private let inbox: Inbox<SupervisorEngine.Command>
  private var actions = Actions<Supervisor.Action>()
  var sockets: SupervisorSockets
  private var poller: Poller
  private let wake: PollSlot
  var current: SupervisedRun
  var beatReader = BeatReader()

  /// Binds the sockets.
  ///
  /// - Throws: ``ZeroMQError`` when an address is in use or cannot be bound.
  init(
    _ setup: SupervisorEngine.Setup, connections: Connections,
    observer: SupervisorEngine.Observer, inbox: Inbox<SupervisorEngine.Command>, log: Logger
  ) throws {
    var poller = Poller()
    let sockets = try SupervisorSockets(connections, in: &poller)
    let wake = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
    self.connections = connections
    self.setup = setup
    self.observer = observer
    self.inbox = inbox
    self.log = log
    self.sockets = sockets
    self.wake = wake
    self.poller = poller
    current = Self.begin(
      setup.run, setup.configuration, as: setup, connections: connections, log: log)
  }

  /// A run of which nothing is known; an incarnation of its own, since rosters count from 1.
  private static func begin(
    _ run: RunID, _ configuration: Supervisor.Configuration, as setup: SupervisorEngine.Setup,
    connections: Connections, log: Logger
  ) -> SupervisedRun {
    let identity = NodeIncarnation(freshOf: setup.node)
    let now = MonotonicClock.now
    let own = Beat(
      sender: identity, roles: .supervisor, name: setup.name, host: HostName.current,
      processID: HostName.processID, sequence: 0, interval: configuration.interval,
      // Rosters come from here: it need not see itself in one.
      joined: true,
      endpoints: Beat.Endpoints(
        receipts: connections.supervisor.receipts.description, key: connections.publicKey),
      progress: Beat.Progress(), phase: .working, run: run)
    return SupervisedRun(
      own: own,
      machine: Supervisor(identity: identity, run: run, configuration: configuration, at: now),
      orders: OrderSenders(connections, run: run, supervisor: identity, log: log), at: now)
  }

  /// Works until told to stop.
  mutating func work() throws {
    defer { poller.remove(wake) }
    var moreWaits = false
    var receiptsCame = false
    while true {
      if !moreWaits { try rest(receiptsCame: receiptsCame) }
      let wait = max((current.nextTick - MonotonicClock.now).nanoseconds, 0)
      _ = try poller.poll(timeout: min(.nanoseconds(wait), .milliseconds(50)))
      for command in inbox.drain() {
        if case .stop = command { return }
        try obey(command)
      }
      if let own = current.takeOwnBeat(at: MonotonicClock.now) {
        current.note(own, at: MonotonicClock.now)
        try handle(.beat(own))
      }
      let receipts = try receiveReceipts()
      let beats = try receiveBeats()
      receiptsCame = receipts > 0
      moreWaits = max(receipts, beats) == RuntimeLimits.burst
      try followAllowList()
      try handle(.tick)
      reportProgress()
      try sockets.countRefusals()
      connections.reportRefusals(log)
    }
  }

  /// Lets beats of many nodes gather, the longer, the less often rosters tell of them, and receipts that
  /// come one after another: each pass costs more than what came, and takes time from those whom the next
  /// receipt has to pass. What is due ends it, and so do commands.
  private mutating func rest(receiptsCame: Bool) throws {
    let gap = Span(nanoseconds: current.machine.rosterGap.nanoseconds / Self.restsInGap)
    let leavesBeats = gap.nanoseconds > 0
    let longest = leavesBeats ? gap : receiptsCame ? Self.receiptsGap : .milliseconds(0)
    let span = min(longest, current.nextTick - MonotonicClock.now)
    if span.nanoseconds > 0 {
      try sockets.wait(span, leavingBeats: leavesBeats, in: &poller)
    }
  }

  private static let restsInGap: Int64 = 64
  /// No more waits for its receipt meanwhile than credit allows.
  private static let receiptsGap = Span.milliseconds(5)

  private mutating func obey(_ command: SupervisorEngine.Command) throws {
    switch command {
    case .childStarted(let node, let name): try handle(.childStarted(node, name: name))
    case .childExited(let node, let cause): try handle(.childExited(node, cause))
    case .cancel(let failure, let run):
      if run == nil || run == current.run { try handle(.cancel(failure)) }
    case .begin(let run, let configuration):
      current = Self.begin(run, configuration, as: setup, connections: connections, log: log)
    case .stop: break
    }
  }

  mutating func handle(_ event: Supervisor.Event) throws {
    current.machine.handle(event, at: MonotonicClock.now, into: &actions)
    var todo = Actions<Supervisor.Action>()
    swap(&todo, &actions)
    for action in todo.list {
      switch action {
      case .publish(let roster):
        connections.learn(roster)
        try current.orders.follow(roster)
        try sockets.publish(roster)
      case .order(let order): try current.orders.send(order)
      case .report(let event): report(event)
      case .startChild(let node, let name): observer.startChild(node, name)
      case .killChild(let node): observer.killChild(node)
      case .ended(let outcome):
        reportProgress()
        observer.ended(outcome)
      }
    }
  }

  /// Tells of partitions that are stored.
  func tell(_ stored: [ClosedRange<UInt32>]) {
    if !stored.isEmpty { observer.stored(current.run, stored) }
  }

  private mutating func report(_ event: RunEvent) {
    switch event {
    case .lost(let loss):
      if loss.roles.contains(.worker), loss.cause != .left { current.snapshot.deaths += 1 }
    case .neverJoined: current.snapshot.deaths += 1
    case .requeued(_, _, let count, _): current.snapshot.requeued += UInt64(count)
    case .attemptFailed: current.snapshot.failedAttempts += 1
    case .quarantined: current.snapshot.quarantined += 1
    case .joined, .differs, .waiting, .restarted, .idTaken, .unreachable: break
    }
    observer.event(event)
  }

  private mutating func reportProgress() {
    current.snapshot.total = current.machine.total
    current.snapshot.workers = current.machine.liveWorkers
    if let beat = current.machine.latestBeat(of: .ventilator) {
      current.snapshot.cut = beat.progress
    }
    if let beat = current.machine.latestBeat(of: .sink) { current.snapshot.stored = beat.progress }
    if current.snapshot != current.reported {
      current.reported = current.snapshot
      observer.progress(current.snapshot)
    }
    if let nodes = current.nodesToTell() { observer.nodes(nodes) }
    if current.takeVacated(at: MonotonicClock.now) { observer.vacated(current.run) }
  }
}
