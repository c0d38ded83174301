import Logging
import PipelineCore
import Wire
import ZeroMQ

/// What the supervisor's thread owns.
struct SupervisorLoop: ~Copyable {
  private let context: Context
  private let identity: NodeIncarnation
  private let run: RunID
  private let observer: SupervisorEngine.Observer
  private let inbox: Inbox<SupervisorEngine.Command>
  private let log: Logger
  private var machine: Supervisor
  private var actions = Actions<Supervisor.Action>()
  private var beats: SubscribeSocket
  private var roster: PublishSocket
  private var receipts: PullSocket
  private var orders: [NodeIncarnation: OrderSender] = [:]
  private var poller: Poller
  private let wake: PollSlot
  private var snapshot = RunSnapshot()
  private var reported = RunSnapshot()

  init(
    context: Context, address: SupervisorAddress, receipts receiptsEndpoint: Endpoint,
    identity: NodeIncarnation, run: RunID, configuration: Supervisor.Configuration,
    observer: SupervisorEngine.Observer, inbox: Inbox<SupervisorEngine.Command>, log: Logger
  ) throws {
    var beats = try SubscribeSocket(context, options: RuntimeLimits.controlSocket)
    try beats.subscribe()
    try beats.bind(to: address.beats)
    var roster = try PublishSocket(context, options: RuntimeLimits.controlSocket)
    try roster.bind(to: address.roster)
    var receipts = try PullSocket(context, options: RuntimeLimits.dataSocket)
    try receipts.bind(to: receiptsEndpoint)
    var poller = Poller()
    _ = try poller.add(beats, for: .readable)
    _ = try poller.add(receipts, for: .readable)
    wake = try poller.add(fileDescriptor: inbox.descriptor, for: .readable)
    self.context = context
    self.identity = identity
    self.run = run
    self.observer = observer
    self.inbox = inbox
    self.log = log
    self.beats = beats
    self.roster = roster
    self.receipts = receipts
    self.poller = poller
    machine = Supervisor(
      identity: identity, run: run, configuration: configuration, at: MonotonicClock.now)
  }

  /// Works until told to stop.
  mutating func work() throws {
    defer { poller.remove(wake) }
    while true {
      let wait = max((machine.nextTick - MonotonicClock.now).nanoseconds, 0)
      _ = try poller.poll(timeout: min(.nanoseconds(wait), .milliseconds(50)))
      for command in inbox.drain() {
        switch command {
        case .childStarted(let node, let name): try handle(.childStarted(node, name: name))
        case .childExited(let node, let cause): try handle(.childExited(node, cause))
        case .cancel(let failure): try handle(.cancel(failure))
        case .stop: return
        }
      }
      try receiveBeats()
      try receiveReceipts()
      try handle(.tick)
      reportProgress()
    }
  }

  private mutating func handle(_ event: Supervisor.Event) throws {
    machine.handle(event, at: MonotonicClock.now, into: &actions)
    var todo = Actions<Supervisor.Action>()
    swap(&todo, &actions)
    for action in todo.list {
      switch action {
      case .publish(let roster): try publish(roster)
      case .order(let order): try send(order)
      case .report(let event): report(event)
      case .startChild(let node, let name): observer.startChild(node, name)
      case .killChild(let node): observer.killChild(node)
      case .ended(let outcome):
        reportProgress()
        observer.ended(outcome)
      }
    }
  }

  private mutating func publish(_ state: Roster) throws {
    try connectOrders(to: state)
    let bytes = ControlMessage.roster(state).encoded()
    // A PUB socket never blocks: who misses this roster gets the next.
    _ = try roster.send(Message(copying: bytes))
  }

  private mutating func connectOrders(to state: Roster) throws {
    // Incarnations of the past take no orders.
    for node in Array(orders.keys) where state.member(node.node)?.node != node {
      orders[node] = nil
    }
    for member in state.members where member.roles.contains(.ventilator) {
      guard orders[member.node] == nil, !member.endpoints.orders.isEmpty else { continue }
      orders[member.node] = try OrderSender(
        context, endpoint: Endpoint(member.endpoints.orders))
    }
  }

  private func send(_ order: Order) throws {
    let message = OrderMessage(run: run, supervisor: identity, order: order)
    for sender in orders.values { try sender.send(ControlMessage.order(message).encoded()) }
  }

  private mutating func report(_ event: RunEvent) {
    switch event {
    case .lost(let loss):
      if loss.roles.contains(.worker), loss.cause != .left { snapshot.deaths += 1 }
    case .neverJoined: snapshot.deaths += 1
    case .requeued(_, _, let count, _): snapshot.requeued += UInt64(count)
    case .attemptFailed: snapshot.failedAttempts += 1
    case .quarantined: snapshot.quarantined += 1
    case .joined, .differs, .waiting, .restarted, .idTaken, .unreachable: break
    }
    observer.event(event)
  }

  private mutating func reportProgress() {
    snapshot.total = machine.total
    snapshot.workers = machine.liveWorkers
    if let beat = machine.latestBeat(of: .ventilator) { snapshot.cut = beat.progress }
    if let beat = machine.latestBeat(of: .sink) { snapshot.stored = beat.progress }
    guard snapshot != reported else { return }
    reported = snapshot
    observer.progress(snapshot)
  }

  private mutating func receiveBeats() throws {
    var count = 0
    while count < RuntimeLimits.burst, let message = try beats.receiveControl(log) {
      count += 1
      guard case .beat(let beat) = message else { continue }
      // At the door: others connect to what the roster says and must not stumble over it.
      if let problem = beat.endpoints.problem {
        log.warning(
          "a beat was refused", metadata: ["node": "\(beat.name)", "error": "\(problem)"])
        continue
      }
      try handle(.beat(beat))
    }
  }

  private mutating func receiveReceipts() throws {
    var count = 0
    while count < RuntimeLimits.burst, let (header, payload) = try receipts.receivePair(log) {
      count += 1
      do {
        switch try ReceiptMessage(header, payload, run: run, recipient: identity) {
        case .receipts(let list, let sink): try handle(.receipts(list, from: sink))
        case .stored(let bitmap, let sink): try handle(.stored(bitmap, by: sink))
        case nil: break
        }
      } catch let error as WireError {
        log.warning("a receipt was not understood", metadata: ["error": "\(error)"])
      }
    }
  }
}

/// The socket through which orders go to one ventilator.
private final class OrderSender {
  private var socket: PushSocket

  init(_ context: Context, endpoint: Endpoint) throws(ZeroMQError) {
    socket = try PushSocket(context, options: RuntimeLimits.controlSocket)
    try socket.connect(to: endpoint)
  }

  func send(_ order: [UInt8]) throws(ZeroMQError) {
    // A ventilator that takes no orders is dead or stopped; it reads the roster when it is back.
    _ = try socket.send(Message(copying: order))
  }
}

extension Beat.Endpoints {
  /// Why one of the addresses cannot be used, or `nil` when all can.
  fileprivate var problem: ZeroMQError? {
    for text in [lane, results, receipts, orders] where !text.isEmpty {
      do throws(ZeroMQError) { _ = try Endpoint(text) } catch { return error }
    }
    return nil
  }
}
