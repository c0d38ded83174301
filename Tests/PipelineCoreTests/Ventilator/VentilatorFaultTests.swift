#if PLANTED_FAULTS
import PipelineCore
import Testing

/// Each planted fault does what its description says, so that the simulator is tried with real ones.
@Suite("Ventilator: planted faults")
struct VentilatorFaultTests {
  let one = worker(1)
  let two = worker(2)

  /// A machine with a fault, that has sent partitions 0 and 1 to a worker; without the checks of
  /// invariants, which find some faults themselves.
  private func machine(_ fault: PlantedFault?, hasWord: Bool = true) -> FaultyVentilator {
    var faulty = FaultyVentilator()
    faulty.machine.planted = fault
    if hasWord { faulty.handle(.stored(PartitionBitmap(), by: worker(9999))) }
    faulty.handle(.roster(roster(1, workers: [one], sink: "results")))
    faulty.handle(.cut([1, 1]))
    faulty.handle(.exhausted)
    return faulty
  }

  @Test(arguments: [nil, PlantedFault.lostRequeue])
  func lostRequeue(_ fault: PlantedFault?) {
    var faulty = machine(fault)
    faulty.handle(.order(.evict(one), from: worker(1000)))
    faulty.handle(.roster(roster(2, workers: [two])))
    #expect((faulty.sent(to: two) == []) == (fault != nil))
  }

  @Test(arguments: [nil, PlantedFault.leakedCredit])
  func leakedCredit(_ fault: PlantedFault?) {
    var faulty = machine(fault)
    for index in [0, 1] as [UInt32] {
      faulty.receive(index, attempt: 1, of: one, .failed(.disk))
    }
    faulty.now = at(1000)
    faulty.handle(.tick)
    #expect((faulty.sent(to: one).count == 2) == (fault != nil))
  }

  @Test(arguments: [nil, PlantedFault.dispatchBeforeWord])
  func dispatchBeforeWord(_ fault: PlantedFault?) {
    let faulty = machine(fault, hasWord: false)
    #expect(faulty.sent(to: one).isEmpty == (fault == nil))
  }

  @Test(arguments: [nil, PlantedFault.evictedLaneOpened])
  func evictedLaneOpened(_ fault: PlantedFault?) {
    var faulty = machine(fault)
    faulty.handle(.order(.evict(one), from: worker(1000)))
    faulty.actions = []
    faulty.handle(.roster(roster(2, workers: [one])))
    #expect(faulty.actions.opened.isEmpty == (fault == nil))
  }

  @Test(arguments: [nil, PlantedFault.releaseCharged])
  func releaseCharged(_ fault: PlantedFault?) {
    var faulty = machine(fault)
    faulty.handle(.order(.release(one), from: worker(1000)))
    #expect((faulty.machine.evictions.last?.suspect != nil) == (fault != nil))
  }

  @Test(arguments: [nil, PlantedFault.anyAttemptEndsLease])
  func anyAttemptEndsLease(_ fault: PlantedFault?) {
    var faulty = machine(fault)
    faulty.receive(0, attempt: 7, of: two, .stored(digest: 1))
    #expect(faulty.machine.leasedCount == (fault == nil ? 2 : 1))
  }

  @Test(arguments: [nil, PlantedFault.pastRosterObeyed])
  func pastRosterObeyed(_ fault: PlantedFault?) {
    var faulty = machine(fault)
    faulty.handle(.roster(roster(0, workers: [one, two])))
    #expect(faulty.actions.opened.contains(two) == (fault != nil))
  }
}

/// A ventilator that is not checked after each event.
private struct FaultyVentilator {
  var machine = Ventilator(
    identity: VentilatorBench.identity, run: .test, stage: 0,
    configuration: VentilatorConfiguration(),
    at: at(0))
  var now = at(0)
  var actions: [Ventilator.Action] = []

  mutating func handle(_ event: Ventilator.Event) {
    var some = Actions<Ventilator.Action>()
    machine.handle(event, at: now, into: &some)
    actions += some.list
  }

  mutating func receive(
    _ index: UInt32, attempt: UInt16, of holder: NodeIncarnation, _ outcome: Receipt.Outcome
  ) {
    let receipt = Receipt(
      partition: PartitionID(index), attempt: attempt, worker: holder, outcome: outcome)
    handle(.receipts([receipt], from: worker(9999)))
  }

  func sent(to worker: NodeIncarnation) -> [UInt32] {
    actions.flatMap { action -> [UInt32] in
      if case .send(worker, let grants) = action { grants.map(\.index) } else { [] }
    }
  }
}
#endif
