import Logging
import Operators
import PipelineCore
import ZeroMQ

/// What the ventilator's thread owns.
struct VentilatorLoop: ~Copyable {
  let setup: VentilatorEngine.Setup
  let link: RoleLink
  let measured: MeasuredSpan
  private(set) var machine: Ventilator
  private var actions = Actions<Ventilator.Action>()
  private var source: any PartitionSource
  var packer: LanePacker
  /// Lanes that could be opened; the machine may have others, to which nothing gets through.
  var lanes: [NodeIncarnation: LaneSender] = [:]
  /// Lanes whose connection does not stand yet, and where the poller tells of them.
  var connecting: [NodeIncarnation: PollSlot] = [:]
  /// Lanes whose connection stands, of which the machine was not told.
  var connected: [NodeIncarnation] = []
  /// Workers that read the source's files themselves, by the last roster.
  var seeing: Set<NodeIncarnation> = []
  let feed: RosterFeed
  var orders: Receiver
  var receipts: Receiver
  var poller: Poller
  private let rosters: PollSlot
  private let wake: PollSlot
  /// Partitions that the machine asked to be cut and that are not cut yet.
  private var wantedCuts = 0
  private var isOver = false
  private var turns = TurnTaking()
  /// How many events are being dealt with, each in the course of another.
  private var depth = 0

  /// Opens the source and binds the ventilator's sockets.
  ///
  /// - Throws: ``ZeroMQError`` when an address cannot be had, or what the source throws.
  init(
    _ setup: VentilatorEngine.Setup, feed: RosterFeed, link: RoleLink, measured: MeasuredSpan
  ) throws {
    let source = try setup.openSource()
    var orders = try Receiver(
      link.connections, .orders, options: RuntimeLimits.controlSocket)
    var receipts = try Receiver(
      link.connections, .receipts, options: RuntimeLimits.dataSocket)
    var poller = Poller()
    let rosters = try feed.watch(in: &poller)
    try orders.watch(in: &poller)
    try receipts.watch(in: &poller)
    let wake = try poller.add(fileDescriptor: link.stop.descriptor, for: .readable)
    self.setup = setup
    self.link = link
    self.measured = measured
    self.source = source
    self.feed = feed
    machine = Ventilator(
      identity: setup.identity, run: setup.run, stage: setup.specification.stage,
      configuration: setup.configuration, at: MonotonicClock.now)
    packer = LanePacker(
      files: source.files, compresses: setup.compresses, run: setup.run,
      stage: setup.specification.stage,
      sender: setup.identity)
    let endpoints = Beat.Endpoints(
      receipts: receipts.endpoint, orders: orders.endpoint, key: link.connections.publicKey)
    if link.beats.update({ $0.endpoints = endpoints }) { link.beatNow() }
    self.orders = orders
    self.receipts = receipts
    self.poller = poller
    self.rosters = rosters
    self.wake = wake
  }

  /// Works until the roster says that the run is over, or until told to stop.
  mutating func work() throws {
    defer { poller.remove(wake) }
    setup.processor?.takePart()
    defer { setup.processor?.release() }
    while !isOver {
      _ = try poller.poll(timeout: pollTimeout())
      if link.stop.isRaised { return }
      if orders.isReadable(poller) || poller.isReadable(rosters) { try receiveNews() }
      try feed.listen()
      try receiveReceipts()
      try noteConnections()
      if wantedCuts > 0 { try cut() }
      if let due = machine.nextTick, due <= MonotonicClock.now { try handle(.tick) }
      note { $0.tick(at: MonotonicClock.now) }
      publishProgress()
      try orders.countRefusals(link.connections)
      try receipts.countRefusals(link.connections)
      link.connections.reportRefusals(link.log)
    }
  }

  /// Notes what says whether the run's threads take turns, and has them share a processor from when they
  /// begin to until they end.
  mutating func note(_ change: (inout TurnTaking) -> Void) {
    let before = turns.isGoingOn
    change(&turns)
    guard let processor = setup.processor, turns.isGoingOn != before else { return }
    if turns.isGoingOn { processor.share() } else { processor.release() }
  }

  private func pollTimeout() -> Duration {
    if wantedCuts > 0 { return .zero }
    guard let due = machine.nextTick else { return .milliseconds(100) }
    let wait = max((due - MonotonicClock.now).nanoseconds, 0)
    return min(.nanoseconds(wait), .milliseconds(100))
  }

  mutating func handle(_ event: Ventilator.Event) throws {
    machine.handle(event, at: MonotonicClock.now, into: &actions)
    try carryOutActions()
  }

  /// Hands over what came together.
  mutating func handle(_ news: [Ventilator.Event]) throws {
    machine.handle(news, at: MonotonicClock.now, into: &actions)
    try carryOutActions()
  }

  private mutating func carryOutActions() throws {
    var todo = Actions<Ventilator.Action>()
    swap(&todo, &actions)
    depth += 1
    for action in todo.list {
      switch action {
      case .cut(let count): wantedCuts = count
      case .openLane(let worker, let endpoint), .reopenLane(let worker, let endpoint):
        try openLane(to: worker, endpoint)
      case .send(let worker, let grants): try send(grants, to: worker)
      case .recall(let worker, let recalls): try recall(recalls, from: worker)
      case .closeLane(let worker): closeLane(to: worker)
      case .release(let indexes): packer.release(indexes)
      case .quarantine(let partition): try quarantine(partition)
      case .leave: isOver = true
      }
    }
    depth -= 1
    // Not in the middle of what is to be done.
    guard depth == 0 else { return }
    while let worker = connected.popLast() { try handle(.laneConnected(worker)) }
  }

  private mutating func quarantine(_ partition: Quarantined) throws {
    let log = link.log
    try setup.storage.quarantine(
      partition,
      packer.contents(of: partition.partition.index) { failure in
        log.warning(
          "the bytes of a partition in quarantine cannot be read",
          metadata: ["partition": "\(partition.partition.index)", "error": "\(failure.message)"])
      })
  }

  /// Cuts for a short while, so that receipts are never kept waiting for long.
  private mutating func cut() throws {
    let start = MonotonicClock.now
    var sizes: [Int] = []
    var isAtEnd = false
    do {
      while sizes.count < wantedCuts {
        guard let slice = try source.next() else {
          isAtEnd = true
          break
        }
        sizes.append(slice.inlineLength)
        packer.add(slice)
        if sizes.count & 15 == 0 || slice.inlineLength > 1 << 16,
          MonotonicClock.now - start > .milliseconds(1)
        {
          break
        }
      }
    } catch let error as SourceError {
      wantedCuts = 0
      // What was cut before may fail first.
      try handle(.cut(sizes))
      wantedCuts = 0
      let file = source.files.firstIndex { $0.path == error.path }
      try handle(
        .sourceFailed(
          Failure(
            .data, error.message, file: file.map { Int32($0) } ?? -1, offset: error.offset ?? -1)))
      return
    }
    wantedCuts = 0
    try handle(.cut(sizes))
    if isAtEnd {
      wantedCuts = 0
      try handle(.exhausted)
    }
  }

  private func publishProgress() {
    let progress = machine.progress
    let phase = machine.phase
    let joined = machine.isJoined
    let evictions = machine.evictions
    let quarantined = machine.quarantined
    let unreachable = machine.unreachable
    let changed = link.beats.update { beat in
      beat.progress = progress
      beat.phase = phase
      beat.joined = joined
      beat.evictions = evictions
      beat.quarantined = quarantined
      beat.unreachable = unreachable
    }
    if changed { link.beatNow() }
  }
}
