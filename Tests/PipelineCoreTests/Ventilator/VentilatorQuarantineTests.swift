import PipelineCore
import Testing

@Suite("Ventilator: quarantine")
struct VentilatorQuarantineTests {
  let one = worker(1)
  let two = worker(2)
  let lenient = VentilatorConfiguration(attempts: 2, onFailure: .quarantine)
  let bad = Failure(.data, "'x' is no number", file: 0, offset: 17, field: 3)

  @Test func aPartitionThatFailsTooOftenIsPutAsideOnce() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], lenient)
    let failing = { (bench: VentilatorBench) in bench.outstanding.filter { $0.index == 0 } }
    bench.answer(failing(bench), .failed(.disk))
    bench.wait(.seconds(1))
    let actions = bench.answer(failing(bench), .failed(.disk))
    let entry = Quarantined(partition: PartitionID(0), attempts: 2, failure: .disk)
    #expect(actions.quarantined == [entry] && actions.released.isEmpty)
    #expect(bench.machine.quarantined == [entry])
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.storedCount == 1)
    #expect(bench.machine.phase == .exhausted(partitions: 2))
  }

  @Test(arguments: [Failure.Kind.data, .configuration])
  func aFinalFailurePutsAsideAtOnce(_ kind: Failure.Kind) {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], lenient)
    let failure = Failure(kind, "no number")
    let actions = bench.answer([bench.outstanding[0]], .failed(failure))
    #expect(actions.quarantined.map(\.attempts) == [1])
    bench.finish()
    #expect(bench.machine.isDone && bench.failure == nil)
  }

  @Test func whatIsPutAsideDoesNotHoldUpCutting() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 200), workers: [one],
      VentilatorConfiguration(aheadPartitions: 8, onFailure: .quarantine))
    bench.answer([bench.outstanding[0]], .failed(bad))
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.storedCount == 199)
  }

  @Test func aLateResultTakesAPartitionOutOfQuarantine() {
    var bench = VentilatorBench(
      sizes: [1, 1], workers: [one], VentilatorConfiguration(attempts: 1, onFailure: .quarantine))
    let lost = bench.outstanding
    bench.evict(one)
    #expect(bench.machine.quarantined.map(\.partition.index) == [0, 1])
    #expect(bench.answer([lost[1]]).released == [1])
    #expect(bench.machine.quarantined.map(\.partition.index) == [0])
    #expect(bench.say([0]).released == [0], "a word does the same")
    #expect(bench.machine.quarantined.isEmpty && bench.machine.storedCount == 2)
  }

  @Test func aRunThatMayNotGoWithoutFailsWhenTheRestIsDone() throws {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 20), workers: [],
      VentilatorConfiguration(packPartitions: 1, attempts: 1))
    for start in 1...12 as ClosedRange<UInt64> {
      bench.open(worker(1, start: start))
      bench.evict(worker(1, start: start))
    }
    #expect(bench.machine.quarantined.count == 12 && bench.failure == nil)
    bench.open(two)
    bench.finish()
    let failure = try #require(bench.failure)
    #expect(bench.machine.storedCount == 8)
    #expect(failure.message.hasPrefix("partitions 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more failed"))
    #expect(failure.message.contains("partition 0 failed 1 time, the last time: its worker died"))
    #expect(failure.message.contains("millrace replay RUN PARTITION"))
    #expect(failure.message.contains("millrace resume RUN"))
  }

  @Test func moreThanFitABeatEndTheRun() throws {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 300), workers: [one], lenient)
    var rounds = 0
    while bench.failure == nil, rounds < 300 {
      bench.answer([bench.outstanding[0]], .failed(bad))
      rounds += 1
    }
    #expect(rounds == Beat.maximumQuarantined + 1)
    #expect(bench.machine.quarantined.count == Beat.maximumQuarantined)
    let failure = try #require(bench.failure)
    #expect(failure.message.contains("more than 100 partitions"))
    #expect(failure.message.contains(bad.message) && failure.offset == 17)
  }

  @Test func theListIsInOrderOfPartition() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one, two], lenient)
    for sent in bench.outstanding.reversed() { bench.answer([sent], .failed(bad)) }
    let indexes = bench.machine.quarantined.map(\.partition.index)
    #expect(indexes.count >= 3 && indexes == indexes.sorted())
  }

  @Test func aPartitionIsNotSentWithoutEnd() {
    var bench = VentilatorBench(
      sizes: [1], workers: [], VentilatorConfiguration(onFailure: .quarantine))
    bench.open(one)
    var sinks: UInt64 = 1
    while bench.machine.quarantined.isEmpty, sinks < 70_000 {
      sinks += 1
      bench.sink = worker(600, start: sinks)
      bench.loseOutstanding()
      bench.publish()
      bench.say([])
    }
    #expect(sinks == 65_536)
    #expect(bench.machine.quarantined.first?.failure.message.contains("never answered") == true)
  }
}
