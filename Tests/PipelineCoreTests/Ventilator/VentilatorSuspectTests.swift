import PipelineCore
import Testing

@Suite("Ventilator: suspects are sent alone")
struct VentilatorSuspectTests {
  let one = worker(1)
  let two = worker(2)
  let single = VentilatorConfiguration(creditPartitions: 4, packPartitions: 1)

  @Test func nothingElseGoesToTheLaneOfASuspect() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 50), workers: [one, two], single)
    let suspect = bench.held(by: one)[0]
    bench.evict(one)
    // The other one finishes what it has first.
    #expect(bench.held(by: two).count == 2)
    bench.open(worker(3))
    #expect(bench.held(by: worker(3)).map(\.index) == [suspect.index])
    for _ in 0..<5 {
      bench.answer(bench.held(by: two))
      #expect(bench.held(by: worker(3)).map(\.index) == [suspect.index])
      #expect(!bench.held(by: two).isEmpty, "ordinary partitions go on")
    }
    bench.finish()
    #expect(bench.machine.isDone)
  }

  /// However far the worker was: of all that it held one partition is charged, and is in quarantine after
  /// as many deaths as it has attempts.
  @Test func onlyThePartitionThatItsWorkerDiedAtIsCharged() throws {
    var configuration = VentilatorConfiguration(creditPartitions: 8, packPartitions: 2)
    configuration.attempts = 3
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 40), workers: [one, two], configuration)
    let suspect = try #require(bench.held(by: one).last).index
    var quarantined: [Quarantined] = []
    for death in 1...configuration.attempts {
      let victim = worker(UInt64(death))
      if death > 2 { bench.open(victim) }
      while !bench.held(by: victim).contains(where: { $0.index == suspect }) {
        bench.answer(bench.outstanding.filter { $0.index != suspect })
      }
      if death > 1 { #expect(bench.held(by: victim).map(\.index) == [suspect]) }
      bench.open(worker(UInt64(death + 1)))
      let actions = bench.evict(victim, suspect: suspect, isOverTime: false)
      quarantined += actions.quarantined
    }
    #expect(quarantined.map(\.partition) == [PartitionID(suspect)])
    #expect(quarantined.first?.failure.kind == .death)
    #expect(quarantined.first?.failure.message.contains("its worker died") == true)
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aBusyLaneIsEmptiedForASuspect() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 50), workers: [one, two], single)
    let suspect = bench.held(by: one)[0].index
    bench.evict(one)
    for _ in 0..<2 { bench.answer([bench.held(by: two)[0]]) }
    #expect(bench.held(by: two).map(\.index) == [suspect])
  }

  @Test func aLoneWorkerAlternates() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 60), workers: [one],
      VentilatorConfiguration(creditPartitions: 8, packTime: .seconds(1)))
    for _ in 0..<3 {
      bench.now = bench.now + .milliseconds(10)
      bench.answer(bench.outstanding)
    }
    bench.evict(one)
    bench.open(two)
    var turns: [Int] = []
    while bench.machine.storedCount < 50 {
      turns.append(bench.outstanding.count)
      bench.answer(bench.outstanding)
    }
    #expect(turns.prefix(4).map { $0 == 1 } == [true, false, true, false], "\(turns)")
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aLoneWorkerDoesNotWaitForWhatCannotBeCut() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 50), workers: [one],
      VentilatorConfiguration(packPartitions: 1, aheadPartitions: 2))
    bench.evict(one)
    bench.open(two)
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func atMostHalfOfTheLanesServeSuspectsWhileOthersWait() {
    let four = (1...4).map { worker($0) }
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 200), workers: four,
      VentilatorConfiguration(creditPartitions: 8))
    for _ in 0..<3 {
      bench.now = bench.now + .milliseconds(10)
      bench.answer(bench.outstanding)
    }
    bench.evict(four[0])
    bench.open(worker(5))
    for _ in 0..<4 {
      bench.answer([bench.outstanding[0]])
      let latest = bench.messages.suffix(1)
      #expect(!latest.isEmpty)
    }
    var alone = 0
    while !bench.outstanding.isEmpty, bench.machine.cutCount < 200 {
      let lanes = [four[1], four[2], four[3], worker(5)]
      let suspects = lanes.filter { lane in
        let held = bench.held(by: lane)
        return held.count == 1 && held[0].attempt == 2
      }
      alone = max(alone, suspects.count)
      bench.answer([bench.outstanding[0]])
    }
    #expect((1...2).contains(alone))
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func withNothingElseToDoAllLanesServeSuspects() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    #expect(bench.messages == [[0, 1]])
    bench.listed = [two, worker(3)]
    bench.evict(one)
    bench.publish()
    #expect(bench.messages == [[0, 1], [0], [1]])
    #expect(Set(bench.outstanding.map(\.worker)) == [two, worker(3)])
  }

  @Test func aSuspectThatFailsIsStillSentAlone() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 40), workers: [one], single)
    bench.evict(one)
    bench.open(two)
    let suspect = bench.outstanding
    #expect(suspect.map(\.index) == [0])
    bench.answer(suspect, .failed(.disk))
    bench.wait(.seconds(1))
    while bench.held(by: two).allSatisfy({ $0.index != 0 }) { bench.answer(bench.outstanding) }
    #expect(bench.held(by: two).count == 1)
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aPoisonDoesNotTakeItsNeighboursWithIt() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 30), workers: [],
      VentilatorConfiguration(onFailure: .quarantine))
    let poison: UInt32 = 11
    var deaths = 0
    var start: UInt64 = 1
    bench.listed = [worker(1), worker(2)]
    bench.publish()
    while !bench.machine.isDone {
      if let victim = bench.outstanding.first(where: { $0.index == poison })?.worker,
        bench.held(by: victim)[0].index == poison
      {
        deaths += 1
        start += 1
        bench.evict(victim)
        bench.listed.removeAll { $0 == victim }
        bench.open(NodeIncarnation(node: victim.node, incarnation: .init(rawValue: start)))
      } else {
        bench.now = bench.now + .milliseconds(5)
        bench.answer([bench.outstanding[0]])
      }
    }
    #expect(bench.machine.quarantined.map(\.partition.index) == [poison])
    #expect(deaths == 4 && bench.machine.storedCount == 29)
  }
}
