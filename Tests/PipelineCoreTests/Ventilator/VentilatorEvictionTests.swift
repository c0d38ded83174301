import PipelineCore
import Testing

@Suite("Ventilator: eviction")
struct VentilatorEvictionTests {
  let one = worker(1)
  let two = worker(2)

  @Test func deathsToldTogetherChargeOnce() {
    let three = worker(3)
    var bench = VentilatorBench(sizes: [1], workers: [one, two, three])
    let held = bench.outstanding[0].worker
    let others = [one, two, three].filter { $0 != held }
    let actions = bench.handle(
      together: [
        .order(.evict(held), from: bench.supervisor),
        .order(.evict(others[0]), from: bench.supervisor),
      ])
    #expect(actions.sent == [0], "not to the second dead one first")
    #expect(bench.machine.evictions.map(\.requeued) == [1, 0])
  }

  @Test func whatADeadWorkerHeldGoesToTheFrontInOrder() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 40), workers: [one])
    for _ in 0..<3 {
      bench.now = bench.now + .milliseconds(10)
      bench.answer(bench.outstanding)
    }
    let held = bench.held(by: one).map(\.index)
    #expect(held.count > 4)
    let actions = bench.evict(one)
    #expect(actions == [.closeLane(one)])
    let before = bench.messages.count
    bench.open(two)
    let oldest = bench.machine.evictions[0].suspect?.index
    #expect(oldest == held[0])
    bench.finish()
    // Suspects travel alone, in between; all others come in order, before what was never sent.
    let again = bench.messages[before...].joined().filter { held.contains($0) }
    let suspects = bench.messages[before...].filter { $0.count == 1 && held.contains($0[0]) }
    #expect(suspects.first == [held[0]])
    #expect(again.filter { !suspects.contains([$0]) } == held.filter { !suspects.contains([$0]) })
    #expect(again.sorted() == held)
    #expect(bench.machine.isDone)
  }

  @Test func onlyTheOldestMessageIsChargedWithADeath() {
    var bench = VentilatorBench(
      sizes: [1, 1], workers: [one], VentilatorConfiguration(packPartitions: 1, attempts: 2))
    #expect(bench.messages == [[0], [1]])
    bench.evict(one)
    #expect(
      bench.machine.evictions == [
        Beat.Eviction(worker: one, requeued: 2, suspect: PartitionID(0))
      ])
    bench.open(two)
    // The suspect goes first, and alone; then the other one is under way when the worker dies: its
    // first charge.
    #expect(bench.held(by: two).map(\.index) == [0])
    bench.answer(bench.held(by: two))
    #expect(bench.held(by: two).map(\.index) == [1])
    bench.evict(two)
    #expect(bench.machine.quarantined.isEmpty)
    #expect(bench.machine.evictions.last?.suspect == PartitionID(1))
    bench.open(worker(3))
    bench.finish()
    #expect(bench.machine.isDone && bench.failure == nil)
  }

  @Test func allThatIsUnfinishedOfTheOldestMessageIsCharged() {
    let configuration = VentilatorConfiguration(
      packTime: .seconds(1), attempts: 1, onFailure: .quarantine)
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 60), workers: [one], configuration)
    for _ in 0..<3 {
      bench.now = bench.now + .milliseconds(10)
      bench.answer(bench.outstanding)
    }
    let oldest = bench.messages.first { $0.contains(bench.outstanding[0].index) } ?? []
    #expect(oldest.count > 1 && oldest.count < bench.outstanding.count)
    bench.answer([bench.outstanding[0]])
    bench.evict(one)
    #expect(bench.machine.quarantined.map(\.partition.index) == Array(oldest.dropFirst()))
  }

  @Test func theNextMessageIsChargedTooWhereTheOldestMayBeDone() {
    let configuration = VentilatorConfiguration(
      packPartitions: 1, attempts: 1, onFailure: .quarantine)
    for (elapsed, charged) in [(1, 1), (3, 2)] as [(Int64, Int)] {
      var bench = VentilatorBench(
        sizes: Array(repeating: 1, count: 20), workers: [one], configuration)
      for _ in 0..<5 {
        bench.now = bench.now + .milliseconds(4)
        bench.answer([bench.outstanding[0]])
      }
      let held = bench.held(by: one).map(\.index)
      #expect(held.count > charged)
      bench.now = bench.now + .milliseconds(elapsed)
      bench.evict(one)
      #expect(
        bench.machine.quarantined.map(\.partition.index) == Array(held.prefix(charged)),
        "\(elapsed) ms after a partition that took 4 ms")
    }
  }

  @Test func aKnownSuspectIsTheOnlyOneCharged() {
    let configuration = VentilatorConfiguration(attempts: 1, onFailure: .quarantine)
    var bench = VentilatorBench(sizes: [1, 1, 1], workers: [one], configuration)
    #expect(bench.messages == [[0, 1]])
    bench.evict(one, suspect: 1)
    #expect(bench.machine.quarantined.map(\.partition.index) == [1])
    #expect(bench.machine.evictions.last?.suspect == PartitionID(1))
    bench.open(two)
    bench.finish()
    #expect(bench.machine.storedCount == 2 && bench.machine.isDone)
  }

  @Test(arguments: [2, 77] as [UInt32])
  func nobodyIsChargedForASuspectThatWasAnsweredMeanwhile(_ suspect: UInt32) {
    let configuration = VentilatorConfiguration(
      packPartitions: 1, attempts: 1, onFailure: .quarantine)
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one], configuration)
    bench.evict(one, suspect: suspect)
    #expect(bench.machine.quarantined.isEmpty)
    bench.open(two)
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aPartitionThatKillsItsWorkersIsGivenUpAfterItsAttempts() throws {
    var bench = VentilatorBench(
      sizes: [1, 1, 1], workers: [],
      VentilatorConfiguration(packPartitions: 1, attempts: 3))
    for start in 1...3 as ClosedRange<UInt64> {
      #expect(bench.machine.quarantined.isEmpty)
      bench.open(worker(1, start: start))
      #expect(bench.outstanding.first?.index == 0)
      bench.evict(worker(1, start: start))
    }
    #expect(bench.machine.quarantined.map(\.partition.index) == [0])
    bench.open(two)
    bench.finish()
    let failure = try #require(bench.failure)
    #expect(failure.kind == .death)
    #expect(failure.message.contains("partition 0 failed 3 times"))
    #expect(failure.message.contains("its worker died"))
    #expect(bench.machine.storedCount == 2, "the others are done first")
  }

  @Test func aSuspectIsTriedOnAnotherNodeNext() {
    var bench = VentilatorBench(sizes: [1], workers: [one, worker(1, start: 2), two])
    #expect(bench.outstanding.map(\.worker) == [one])
    bench.evict(one)
    #expect(bench.outstanding.map(\.worker) == [two])
  }

  @Test func evictingTwiceIsTheSameAsOnce() {
    var bench = VentilatorBench(sizes: [1, 1, 1], workers: [one])
    bench.evict(one)
    #expect(bench.evict(one).isEmpty)
    #expect(bench.machine.evictions.count == 1)
    bench.open(two)
    bench.finish()
    #expect(bench.messages == [[0, 1], [0], [2], [1]], "suspects alone, and others in between")
  }

  @Test func aLateRosterDoesNotBringAnEvictedWorkerBack() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [])
    bench.evict(one)
    let actions = bench.open(one)
    #expect(actions.isEmpty, "what is sent there would never be taken back")
    bench.open(worker(1, start: 2))
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aDeathWithNothingHeldChargesNobody() {
    var bench = VentilatorBench(sizes: [], workers: [one])
    bench.evict(one)
    #expect(bench.machine.evictions == [Beat.Eviction(worker: one, requeued: 0, suspect: nil)])
  }

  @Test func onlyTheLatestEvictionsAreTold() {
    var bench = VentilatorBench(sizes: [])
    for number in 1...100 as ClosedRange<UInt64> {
      bench.open(worker(number))
      bench.evict(worker(number))
    }
    #expect(bench.machine.evictions.count == Beat.maximumEvictions)
    #expect(bench.machine.evictions.last?.worker == worker(100))
  }

  @Test func theOthersTakeOverAtOnce() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one, two])
    bench.handle(.tick)
    let lost = bench.held(by: one).map(\.index)
    bench.answer(bench.held(by: two))
    bench.evict(one)
    #expect(bench.held(by: two).map(\.index) == [lost[0]], "alone, for it may be what kills")
    bench.finish()
    #expect(bench.machine.isDone)
  }
}
