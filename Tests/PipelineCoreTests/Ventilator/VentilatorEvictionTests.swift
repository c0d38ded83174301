import PipelineCore
import Testing

@Suite("Ventilator: eviction")
struct VentilatorEvictionTests {
  let one = worker(1)
  let two = worker(2)

  @Test func whatADeadWorkerHeldGoesToTheFrontInOrder() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 40), workers: [one])
    for _ in 0..<3 {
      bench.now = bench.now + .milliseconds(10)
      bench.answer(bench.outstanding)
    }
    let held = bench.held(by: one).map(\.index)
    #expect(held.count > 4)
    let actions = bench.handle(.order(.evict(one)))
    #expect(actions == [.closeLane(one)])
    bench.handle(.laneOpened(two))
    while bench.machine.leasedCount > 0, bench.machine.storedCount < 40 {
      bench.answer(bench.outstanding)
    }
    let again = bench.messages.joined().filter { held.contains($0) }.suffix(held.count)
    #expect(Array(again) == held)
    #expect(bench.machine.isDone)
  }

  @Test func onlyTheOldestLeaseIsChargedWithADeath() {
    var bench = VentilatorBench(
      sizes: [1, 1], workers: [one], VentilatorConfiguration(attempts: 2))
    bench.handle(.order(.evict(one)))
    #expect(
      bench.machine.evictions == [
        Beat.Eviction(worker: one, requeued: 2, suspect: PartitionID(0))
      ])
    bench.handle(.laneOpened(two))
    // The oldest is done; the other is under way when the second worker dies: its first charge.
    bench.answer(bench.held(by: two).filter { $0.index == 0 })
    bench.handle(.order(.evict(two)))
    #expect(bench.failure == nil)
    #expect(bench.machine.evictions.last?.suspect == PartitionID(1))
    bench.handle(.laneOpened(worker(3)))
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aPartitionThatKillsItsWorkersIsGivenUpAfterItsAttempts() throws {
    var bench = VentilatorBench(
      sizes: [1, 1, 1], workers: [], VentilatorConfiguration(attempts: 3))
    for start in 1...3 as ClosedRange<UInt64> {
      #expect(bench.failure == nil)
      bench.handle(.laneOpened(worker(1, start: start)))
      #expect(bench.outstanding.first?.index == 0)
      bench.handle(.order(.evict(worker(1, start: start))))
    }
    let failure = try #require(bench.failure)
    #expect(failure.kind == .death)
    #expect(failure.message.contains("partition 0") && failure.message.contains("3 workers died"))
  }

  @Test func aSuspectIsTriedOnAnotherNodeNext() {
    var bench = VentilatorBench(sizes: [1], workers: [one, worker(1, start: 2), two])
    #expect(bench.outstanding.map(\.worker) == [one])
    bench.handle(.order(.evict(one)))
    #expect(bench.outstanding.map(\.worker) == [two])
  }

  @Test func evictingTwiceIsTheSameAsOnce() {
    var bench = VentilatorBench(sizes: [1, 1, 1], workers: [one])
    bench.handle(.order(.evict(one)))
    #expect(bench.handle(.order(.evict(one))).isEmpty)
    #expect(bench.machine.evictions.count == 1)
    bench.handle(.laneOpened(two))
    #expect(bench.outstanding.map(\.index) == [0, 1])
  }

  @Test func aLateRosterDoesNotBringAnEvictedWorkerBack() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [])
    bench.handle(.order(.evict(one)))
    let actions = bench.handle(.laneOpened(one))
    #expect(actions == [.closeLane(one)], "what is sent there would never be taken back")
    bench.handle(.laneOpened(worker(1, start: 2)))
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aDeathWithNothingHeldChargesNobody() {
    var bench = VentilatorBench(sizes: [], workers: [one])
    bench.handle(.order(.evict(one)))
    #expect(bench.machine.evictions == [Beat.Eviction(worker: one, requeued: 0, suspect: nil)])
  }

  @Test func onlyTheLatestEvictionsAreTold() {
    var bench = VentilatorBench(sizes: [])
    for number in 1...100 as ClosedRange<UInt64> {
      bench.handle(.laneOpened(worker(number)))
      bench.handle(.order(.evict(worker(number))))
    }
    #expect(bench.machine.evictions.count == Beat.maximumEvictions)
    #expect(bench.machine.evictions.last?.worker == worker(100))
  }

  @Test func theOthersTakeOverAtOnce() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one, two])
    bench.handle(.tick)
    let lost = bench.held(by: one).map(\.index)
    bench.answer(bench.held(by: two))
    bench.handle(.order(.evict(one)))
    #expect(bench.held(by: two).map(\.index) == lost)
  }
}
