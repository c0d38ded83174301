import PipelineCore

/// A ventilator whose source answers at once, with a note of what was sent and not yet answered. A
/// supervisor lists its sink and its workers; the sink has said that it has nothing.
struct VentilatorBench {
  /// A partition as it was sent.
  struct Sent: Equatable {
    var worker: NodeIncarnation
    var index: UInt32
    var attempt: UInt16
  }

  static let identity = NodeIncarnation(
    node: NodeID(rawValue: 500), incarnation: .init(rawValue: 1))
  static let sink = NodeIncarnation(node: NodeID(rawValue: 600), incarnation: .init(rawValue: 1))

  private(set) var machine: Ventilator
  var now = at(0)
  /// Who sends rosters.
  var supervisor = worker(1000)
  /// The sink that rosters list and that receipts come from.
  var sink: NodeIncarnation? = Self.sink
  /// The workers that rosters list.
  var listed: [NodeIncarnation] = []
  /// Workers that were told to end.
  var draining: Set<NodeIncarnation> = []
  /// Workers whose lanes do not get connected.
  var unreachable: Set<NodeIncarnation> = []
  /// What rosters say that workers hold, where it is not what they do.
  var held: [NodeIncarnation: UInt64] = [:]
  /// Sent and not answered, in order of sending.
  private(set) var outstanding: [Sent] = []
  /// Partitions of each message sent, in order.
  private(set) var messages: [[UInt32]] = []
  private let sizes: [Int]
  private var cut = 0
  private var sequence: UInt64 = 0

  static let interval = Span.milliseconds(250)

  /// A source of partitions of these sizes, with the lanes open.
  init(
    sizes: [Int], workers: [NodeIncarnation] = [],
    _ configuration: VentilatorConfiguration = VentilatorConfiguration(), hasWord: Bool = true
  ) {
    machine = Ventilator(
      identity: Self.identity, run: .test, stage: 0, configuration: configuration, at: now)
    self.sizes = sizes
    if hasWord { say([]) }
    for worker in workers { open(worker) }
  }

  /// Feeds an event and every cut it asks for; checks the invariants after each.
  @discardableResult
  mutating func handle(_ event: Ventilator.Event) -> [Ventilator.Action] {
    var all: [Ventilator.Action] = []
    var events = [event]
    while let next = events.popLast() {
      var actions = Actions<Ventilator.Action>()
      machine.handle(next, at: now, into: &actions)
      machine.checkInvariants()
      for action in actions.list {
        all.append(action)
        switch action {
        case .cut(let limit): events.append(answer(limit))
        case .send(let worker, let grants):
          messages.append(grants.map(\.index))
          outstanding += grants.map {
            Sent(worker: worker, index: $0.index, attempt: $0.attempt)
          }
        case .recall(let worker, let recalls):
          outstanding.removeAll { sent in
            sent.worker == worker
              && recalls.contains {
                $0.indexes.contains(sent.index) && $0.attempt == sent.attempt
              }
          }
        case .closeLane(let worker): outstanding.removeAll { $0.worker == worker }
        case .openLane(let worker, _), .reopenLane(let worker, _):
          if !unreachable.contains(worker) { events.append(.laneConnected(worker)) }
        case .release, .quarantine, .leave: break
        }
      }
    }
    return all
  }

  /// Tells the machine events that came together.
  mutating func handle(together events: [Ventilator.Event]) -> [Ventilator.Action] {
    var actions = Actions<Ventilator.Action>()
    machine.handle(events, at: now, into: &actions)
    machine.checkInvariants()
    return actions.list
  }

  private mutating func answer(_ limit: Int) -> Ventilator.Event {
    let some = Array(sizes[cut..<min(cut + limit, sizes.count)])
    cut += some.count
    return some.isEmpty ? .exhausted : .cut(some)
  }

  /// What a worker holds.
  func held(by worker: NodeIncarnation) -> [Sent] { outstanding.filter { $0.worker == worker } }

  /// Bytes of what a worker holds.
  func heldBytes(by worker: NodeIncarnation) -> Int {
    held(by: worker).reduce(0) { $0 + sizes[Int($1.index)] }
  }

  /// Answers some of what was sent with one message of receipts.
  @discardableResult
  mutating func answer(
    _ sent: [Sent], _ outcome: Receipt.Outcome = .stored(digest: 1)
  ) -> [Ventilator.Action] {
    outstanding.removeAll { sent.contains($0) }
    return receive(sent.map { Self.receipt($0, outcome) })
  }

  /// Receipts come from the sink.
  @discardableResult
  mutating func receive(
    _ receipts: [Receipt], from sender: NodeIncarnation? = nil
  ) -> [Ventilator.Action] {
    handle(.receipts(receipts, from: sender ?? sink ?? Self.sink))
  }

  /// The sink's word on something sent.
  static func receipt(_ sent: Sent, _ outcome: Receipt.Outcome) -> Receipt {
    Receipt(
      partition: PartitionID(sent.index), attempt: sent.attempt, worker: sent.worker,
      outcome: outcome)
  }

  /// Lets time pass and tells the machine.
  @discardableResult
  mutating func wait(_ span: Span) -> [Ventilator.Action] {
    now = now + span
    return handle(.tick)
  }

  /// Answers everything as stored until nothing is outstanding or waits for its time.
  mutating func finish() {
    while !outstanding.isEmpty || machine.nextTick != nil {
      if outstanding.isEmpty, let next = machine.nextTick {
        now = max(now, next)
        handle(.tick)
      } else {
        answer(outstanding)
      }
    }
  }

  /// The failure that ended the machine's work.
  var failure: Failure? {
    if case .failed(let failure) = machine.phase { failure } else { nil }
  }

  /// Forgets what was sent, as when it is lost with a sink or on the way.
  mutating func loseOutstanding() { outstanding = [] }
}

extension VentilatorBench {
  /// A roster lists one worker more.
  @discardableResult
  mutating func open(_ worker: NodeIncarnation) -> [Ventilator.Action] {
    if !listed.contains(worker) { listed.append(worker) }
    return publish()
  }

  /// The order comes to evict a worker; rosters still list it.
  @discardableResult
  mutating func evict(
    _ worker: NodeIncarnation, suspect: UInt32? = nil, isOverTime: Bool = true
  ) -> [Ventilator.Action] {
    order(
      .evict(worker, suspect: suspect.map { Suspect(PartitionID($0), isOverTime: isOverTime) }))
  }

  /// An order of the supervisor comes.
  @discardableResult
  mutating func order(_ order: Order) -> [Ventilator.Action] {
    handle(.order(order, from: supervisor))
  }

  /// The supervisor's next roster comes.
  @discardableResult
  mutating func publish(phase: Roster.RunPhase = .running) -> [Ventilator.Action] {
    handle(.roster(nextRoster(phase: phase)))
  }

  /// The supervisor's next roster.
  mutating func nextRoster(phase: Roster.RunPhase = .running) -> Roster {
    sequence += 1
    var members = listed.map { worker in
      let count = held[worker] ?? UInt64(held(by: worker).count)
      return Roster.Member(
        node: worker, roles: .worker, name: "worker", endpoints: .init(lane: "lane-\(worker.node)"),
        held: count, isDraining: draining.contains(worker))
    }
    members.append(
      Roster.Member(
        node: Self.identity, roles: .ventilator, name: "ventilator", endpoints: .init()))
    if let sink {
      members.append(
        Roster.Member(
          node: sink, roles: .sink, name: "sink", endpoints: .init(results: "results")))
    }
    return Roster(
      supervisor: supervisor, sequence: sequence, interval: Self.interval,
      run: .init(id: .test, phase: phase, total: nil), members: members)
  }

  /// Rosters come for so many intervals.
  @discardableResult
  mutating func publish(intervals: Int) -> [Ventilator.Action] {
    var all: [Ventilator.Action] = []
    for _ in 0..<intervals {
      now = now + Self.interval
      all += publish()
    }
    return all
  }

  /// A sink says what it has stored.
  @discardableResult
  mutating func say(_ indexes: [UInt32], from sender: NodeIncarnation? = nil) -> [Ventilator.Action]
  {
    var word = PartitionBitmap()
    for index in indexes { word.insert(index) }
    return handle(.stored(word, by: sender ?? sink ?? Self.sink))
  }
}

extension [Ventilator.Action] {
  /// Workers whose lanes are opened.
  var opened: [NodeIncarnation] {
    compactMap { if case .openLane(let worker, _) = $0 { worker } else { nil } }
  }

  /// Workers whose lanes are closed.
  var closed: [NodeIncarnation] {
    compactMap { if case .closeLane(let worker) = $0 { worker } else { nil } }
  }

  /// Workers whose lanes are connected anew.
  var reopened: [NodeIncarnation] {
    compactMap { if case .reopenLane(let worker, _) = $0 { worker } else { nil } }
  }

  /// Partitions put into quarantine.
  var quarantined: [Quarantined] {
    compactMap { if case .quarantine(let entry) = $0 { entry } else { nil } }
  }

  /// Partitions that need not be kept any more.
  var released: [UInt32] {
    flatMap { action -> [UInt32] in
      if case .release(let indexes) = action { [UInt32](indexes) } else { [] }
    }
  }

  /// Partitions sent.
  var sent: [UInt32] {
    flatMap { action -> [UInt32] in
      if case .send(_, let grants) = action { grants.map(\.index) } else { [] }
    }
  }
}
