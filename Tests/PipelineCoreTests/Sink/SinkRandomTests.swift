import PipelineCore
import Testing

@Suite("Sink: random lives against a model")
struct SinkRandomTests {
  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func doesWhatTheModelDemands(_ seed: UInt64) throws {
    var life = SinkLife(seed: seed)
    try life.live()
    #expect(life.model.isComplete, "everything is there in the end")
  }

  #if PLANTED_FAULTS
  @Test(arguments: [
    PlantedFault.doubleMerge, .receiptBeforeFlush, .announcedBeforeFlush, .completedTooEarly,
    .pastRosterObeyed,
  ])
  func theModelFindsWhatIsPlanted(_ fault: PlantedFault) {
    let found = (1...100 as ClosedRange<UInt64>).count { seed in
      var life = SinkLife(seed: seed)
      life.bench.machine.planted = fault
      do { try life.live() } catch { return true }
      return false
    }
    #expect(found > 0)
  }
  #endif
}

/// A sink that lives through events from a seed.
struct SinkLife {
  private var generator: SplitMix64
  private let total: Int
  private let quarantined: [UInt32]
  var bench = SinkBench()
  private(set) var model: SinkModel
  private var lastToken: UInt64 = 0
  private var persisted: UInt64 = 0
  private var supervisor: UInt64 = 1
  private var sequence: UInt64 = 0
  private var knowsTotal = false

  init(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    total = generator.pick(0...30)
    let share = generator.pick(0...10)
    quarantined = (0..<UInt32(total)).filter { _ in generator.pick(1...20) < share }
    model = SinkModel(digests: (0..<UInt64(total)).map { $0 &* 77 })
    self.generator = generator
  }

  /// Random events, and then all that is missing.
  mutating func live() throws {
    try recover()
    for _ in 0..<120 {
      switch generator.pick(1...10) {
      case 1...5: try send((0..<generator.pick(1...4)).map { _ in item() })
      case 6, 7: try persist(generator.pick(Int(persisted)...Int(lastToken)))
      case 8: try call(roster(isPast: true))
      default: try call(roster(isPast: false))
      }
    }
    for index in 0..<UInt32(total) where !quarantined.contains(index) || generator.once(in: 2) {
      try send([good(index)])
    }
    try persist(Int(lastToken))
    knowsTotal = true
    var last = roster(isPast: false)
    last.run.quarantined = quarantined
    try call(last)
  }

  private mutating func handle(_ event: Sink.Event) throws {
    model.observe(event)
    for action in bench.handle(event) {
      do { try model.judge(action) } catch {
        throw Violation("\(error): \(action) after \(event)")
      }
    }
    try model.judgeRest()
  }

  private mutating func recover() throws {
    let indexes = (0..<UInt32(total)).filter { _ in generator.once(in: 5) }
    let half = generator.pick(0...indexes.count)
    for batch in [indexes[..<half], indexes[half...]] {
      try handle(
        .recovered(
          batch.map {
            Sink.Recovered(
              index: $0, digest: UInt64($0) &* 77, bytes: 1,
              counts: Sink.Counts(rows: 1, skipped: 0, outputRows: 1))
          }))
    }
  }

  private mutating func send(_ items: [Sink.Item]) throws {
    lastToken += 1
    let worker = worker(UInt64(generator.pick(1...3)))
    try handle(.results(token: lastToken, worker: worker, items))
  }

  private mutating func persist(_ token: Int) throws {
    persisted = UInt64(token)
    if token > 0 { try handle(.persisted(token: persisted)) }
  }

  private mutating func call(_ roster: Roster) throws { try handle(.roster(roster)) }

  private func good(_ index: UInt32) -> Sink.Item {
    result(index, attempt: 9, digest: UInt64(index) &* 77)
  }

  /// Mostly a result, sometimes a different one, a failure, or something unacceptable.
  private mutating func item() -> Sink.Item {
    let attempt = UInt16(generator.pick(1...8))
    var item = Sink.Item(
      partition: PartitionID(UInt32(generator.pick(0...max(0, total - 1)))), attempt: attempt,
      outcome: .failed(.disk))
    switch generator.pick(1...20) {
    case 1...14: item.outcome = good(item.partition.index).outcome
    case 15, 16: item.outcome = result(0, digest: 666).outcome
    case 17: item.partition.stage = 3
    case 18: item.partition.index = .max
    default: break
    }
    if total == 0 { item.partition.index = .max }
    return item
  }

  private mutating func roster(isPast: Bool) -> Roster {
    if generator.once(in: 12) { knowsTotal = true }
    if !isPast {
      if generator.once(in: 8) {
        supervisor += 1
        sequence = 0
      }
      sequence += 1
    }
    var (supervisor, sequence) = (supervisor, sequence)
    if isPast, supervisor > 1, generator.once(in: 2) {
      supervisor -= 1
      sequence += 50
    }
    // Two ventilators at times, each in one of its incarnations.
    let peers = [UInt64(2000), 3000].filter { _ in !generator.once(in: 3) }.map {
      worker($0, start: UInt64(generator.pick(1...4)))
    }
    let some = quarantined.filter { _ in !generator.once(in: 3) }
    return PipelineCoreTests.roster(
      sequence, supervisor: supervisor, total: knowsTotal ? UInt32(total) : nil, peers: peers,
      quarantined: some)
  }
}
