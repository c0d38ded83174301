import PipelineCore

/// A made-up world: one ventilator, one sink, one supervisor and some workers, joined by queues
/// that keep their order each and none between them, with faults from a seed.
struct World {
  static let run = RunID(rawValue: 7)
  static let ventilatorNode = worker(2)
  static let sinkNode = worker(3)

  var generator: SplitMix64
  let plan: WorldPlan
  var now = Instant(nanoseconds: 0)
  var story = Story()
  var isHealed = false

  var ventilator: Ventilator
  var sink = Sink(stage: 0)
  var supervisor: Supervisor
  var processes: [WorkerProcess] = []
  var ventilatorModel: VentilatorModel
  var sinkModel = SinkModel()
  var supervisorModel = SupervisorModel()

  /// Partitions cut so far, and how many the ventilator waits for.
  var cutCount = 0
  var cutAsked: Int?
  /// Incarnations whose lanes the ventilator's owner holds open.
  var openLanes: [NodeIncarnation] = []
  var receiptsToVentilator: [[Receipt]] = []
  var ordersToVentilator: [Order] = []
  var rostersToVentilator: [Roster] = []
  var receiptsToSupervisor: [[Receipt]] = []
  var exitsToSupervisor: [NodeID] = []
  var rostersToSink: [Roster] = []
  var nextResultToken: UInt64 = 1
  /// Tokens whose results wait to be made durable.
  var toPersist: [UInt64] = []
  var isWriting = false
  var sinkHasLeft = false
  var nextIncarnation: UInt64 = 100
  var nextCoordinatorBeat = Instant(nanoseconds: 0)
  var coordinatorBeats: UInt64 = 0

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
    plan = WorldPlan(&generator)
    ventilator = Ventilator(stage: 0, configuration: plan.configuration)
    ventilatorModel = VentilatorModel(plan.configuration)
    supervisor = Supervisor(
      identity: worker(1), run: Self.run,
      configuration: Supervisor.Configuration(patience: .seconds(600), onlyChildren: false),
      at: now)
    for number in 0..<plan.workers { start(NodeID(rawValue: UInt64(10 + number))) }
  }

  /// Lives through the faults, heals them, and demands that the run ends.
  mutating func live() throws(Violation) {
    for _ in 0..<plan.faultySteps {
      if generator.once(in: plan.faultEvery) { try causeFault() }
      if generator.once(in: 3) { try pass(.milliseconds(Int64(generator.pick(1...100)))) }
      try step()
    }
    heal()
    for _ in 0..<4000 where !isOver {
      var steps = 0
      while try step() {
        steps += 1
        if steps > 20_000 { throw Violation("the machines never come to rest") }
      }
      try pass(.milliseconds(20))
    }
    try judgeEnd()
  }

  /// Whether everybody has left and all messages have arrived.
  private var isOver: Bool {
    supervisor.outcome != nil && sinkHasLeft && receiptsToVentilator.isEmpty
      && ordersToVentilator.isEmpty && processes.allSatisfy { !$0.isAlive }
  }

  private func judgeEnd() throws(Violation) {
    guard isOver else {
      let missing = (0..<UInt32(plan.sizes.count)).first { !sinkModel.hasStored($0) }
      throw Violation("the run never ends though nothing is at fault any more", missing)
    }
    switch supervisor.outcome {
    case .finished:
      if sinkModel.storedCount != plan.sizes.count {
        throw Violation("finished with \(sinkModel.storedCount) of \(plan.sizes.count) stored")
      }
      if !ventilator.isDone { throw Violation("the ventilator does not know that all is stored") }
    case .failed(let failure):
      if ventilatorModel.exhausted == nil {
        throw Violation("failed without a reason: \(failure.message)")
      }
    case nil: break
    }
  }

  /// Lets time pass and wakes whoever is due.
  private mutating func pass(_ span: Span) throws(Violation) {
    now = now + span
    if now >= nextCoordinatorBeat { try beatAsCoordinator() }
    if supervisor.nextTick <= now { try supervise(.tick) }
    if let next = ventilator.nextTick, next <= now { try ventilate(.tick) }
    for place in processes.indices { try wake(place) }
  }
}
