import Logging
import Operators
import PipelineCore
import Wire
import ZeroMQ

/// What the ventilator's thread owns.
struct VentilatorLoop: ~Copyable {
  private let setup: VentilatorEngine.Setup
  private let context: Context
  private let beats: BeatSource
  private let beatNow: @Sendable () -> Void
  private let measured: MeasuredSpan
  private let log: Logger
  private var machine: Ventilator
  private var actions = Actions<Ventilator.Action>()
  private var source: any PartitionSource
  private var packer: LanePacker
  private var lanes: [NodeIncarnation: LaneSender] = [:]
  private var roster: SubscribeSocket
  private var orders: PullSocket
  private var receipts: PullSocket
  private var poller: Poller
  /// Partitions that the machine asked to be cut and that are not cut yet.
  private var wantedCuts = 0
  private var lastRoster: (supervisor: NodeIncarnation, sequence: UInt64)?
  private var isOver = false

  init(
    _ setup: VentilatorEngine.Setup, context: Context, beats: BeatSource,
    beatNow: @escaping @Sendable () -> Void, measured: MeasuredSpan, log: Logger
  ) throws {
    let source = try setup.openSource()
    var roster = try SubscribeSocket(context, options: RuntimeLimits.controlSocket)
    try roster.subscribe()
    try roster.connect(to: setup.rosterEndpoint)
    var orders = try PullSocket(context, options: RuntimeLimits.controlSocket)
    try orders.bind(to: setup.orders)
    var receipts = try PullSocket(context, options: RuntimeLimits.dataSocket)
    try receipts.bind(to: setup.receipts)
    var poller = Poller()
    _ = try poller.add(roster, for: .readable)
    _ = try poller.add(orders, for: .readable)
    _ = try poller.add(receipts, for: .readable)
    self.setup = setup
    self.context = context
    self.beats = beats
    self.beatNow = beatNow
    self.measured = measured
    self.log = log
    self.source = source
    self.roster = roster
    self.orders = orders
    self.receipts = receipts
    self.poller = poller
    machine = Ventilator(stage: setup.specification.stage, configuration: setup.configuration)
    packer = LanePacker(
      files: source.files, byReference: setup.byReference, run: setup.run,
      stage: setup.specification.stage, sender: setup.identity)
  }

  /// Works until the roster says that the run is over.
  mutating func work() throws {
    while !isOver {
      _ = try poller.poll(timeout: pollTimeout())
      try receiveRosters()
      try receiveOrders()
      try receiveReceipts()
      if wantedCuts > 0 { try cut() }
      if let due = machine.nextTick, due <= MonotonicClock.now { try handle(.tick) }
      publishProgress()
    }
  }

  private func pollTimeout() -> Duration {
    if wantedCuts > 0 { return .zero }
    guard let due = machine.nextTick else { return .milliseconds(100) }
    let wait = max((due - MonotonicClock.now).nanoseconds, 0)
    return min(.nanoseconds(wait), .milliseconds(100))
  }

  private mutating func handle(_ event: Ventilator.Event) throws {
    machine.handle(event, at: MonotonicClock.now, into: &actions)
    var todo = Actions<Ventilator.Action>()
    swap(&todo, &actions)
    for action in todo.list {
      switch action {
      case .cut(let count): wantedCuts = count
      case .send(let worker, let grants): try send(grants, to: worker)
      case .closeLane(let worker): lanes[worker] = nil
      case .release(let index): packer.release(index)
      }
    }
  }

  private mutating func send(_ grants: [Ventilator.Grant], to worker: NodeIncarnation) throws {
    guard let lane = lanes[worker] else {
      preconditionFailure("a lane is open in the machine only")
    }
    let message: LanePacker.Packed
    do {
      message = try packer.pack(grants, for: worker)
    } catch {
      try handle(.sendFailed(worker, grants, error))
      return
    }
    measured.extend(to: MonotonicClock.now)
    try lane.send(message.header, message.payload)
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
    let progress = Beat.Progress(
      partitions: UInt64(machine.cutCount), bytes: machine.cutBytes, rows: 0, skipped: 0,
      duplicates: 0)
    let phase = machine.phase
    let evictions = machine.evictions
    let changed = beats.update { beat in
      beat.progress = progress
      beat.phase = phase
      beat.evictions = evictions
    }
    if changed { beatNow() }
  }
}

extension VentilatorLoop {
  private mutating func receiveRosters() throws {
    while let message = try roster.receiveControl(log) {
      guard case .roster(let roster) = message else { continue }
      try take(roster)
    }
  }

  private mutating func take(_ roster: Roster) throws {
    if let last = lastRoster, last.supervisor == roster.supervisor, roster.sequence <= last.sequence
    {
      return
    }
    lastRoster = (roster.supervisor, roster.sequence)
    guard roster.run.phase == .running else {
      isOver = true
      return
    }
    let joined = roster.member(setup.identity.node)?.node == setup.identity
    _ = beats.update { $0.joined = joined }
    for member in roster.members where member.roles.contains(.worker) {
      guard lanes[member.node] == nil, !member.endpoints.lane.isEmpty else { continue }
      let lane = try LaneSender(context, endpoint: Endpoint(member.endpoints.lane))
      let stage = packer.stageMessage(setup.specification, for: member.node)
      try lane.send(stage.header, stage.payload)
      lanes[member.node] = lane
      try handle(.laneOpened(member.node))
    }
    // What is not on the roster any more is dead, should the order to evict have been lost.
    for worker in lanes.keys.sorted() where roster.member(worker.node)?.node != worker {
      try handle(.order(.evict(worker)))
      lanes[worker] = nil
    }
  }

  private mutating func receiveOrders() throws {
    while let message = try orders.receiveControl(log) {
      guard case .order(let order) = message, order.run == setup.run else { continue }
      try handle(.order(order.order))
    }
  }

  private mutating func receiveReceipts() throws {
    var count = 0
    while count < RuntimeLimits.burst, let (header, payload) = try receipts.receivePair(log) {
      count += 1
      do {
        let list = try [Receipt](header, payload, run: setup.run)
        measured.extend(to: MonotonicClock.now)
        try handle(.receipts(list))
      } catch let error as WireError {
        log.warning("a receipt was not understood", metadata: ["error": "\(error)"])
      }
    }
  }
}
