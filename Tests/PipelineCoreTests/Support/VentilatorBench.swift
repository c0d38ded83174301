import PipelineCore

/// A ventilator whose source answers at once, with a note of what was sent and not yet answered.
struct VentilatorBench {
  /// A partition as it was sent.
  struct Sent: Equatable {
    var worker: NodeIncarnation
    var index: UInt32
    var attempt: UInt16
  }

  private(set) var machine: Ventilator
  var now = at(0)
  /// Sent and not answered, in order of sending.
  private(set) var outstanding: [Sent] = []
  /// Partitions of each message sent, in order.
  private(set) var messages: [[UInt32]] = []
  private let sizes: [Int]
  private var cut = 0

  /// A source of partitions of these sizes, with the lanes open.
  init(
    sizes: [Int], workers: [NodeIncarnation] = [],
    _ configuration: VentilatorConfiguration = VentilatorConfiguration()
  ) {
    machine = Ventilator(stage: 0, configuration: configuration)
    self.sizes = sizes
    for worker in workers { handle(.laneOpened(worker)) }
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
        case .closeLane(let worker): outstanding.removeAll { $0.worker == worker }
        case .release: break
        }
      }
    }
    return all
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
    return handle(.receipts(sent.map { Self.receipt($0, outcome) }))
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

  /// The message of the failure that ended the machine's work.
  var failure: Failure? {
    if case .failed(let failure) = machine.phase { failure } else { nil }
  }
}
