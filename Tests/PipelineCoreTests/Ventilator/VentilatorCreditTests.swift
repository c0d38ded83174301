import PipelineCore
import Testing

@Suite("Ventilator: credit, packing and the window")
struct VentilatorCreditTests {
  @Test(arguments: [true, false])
  func theLastPartitionsWaitForAnIdleWorkerWhereTheyTakeLong(_ takeLong: Bool) {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 12), workers: [worker(1), worker(2)],
      VentilatorConfiguration(packPartitions: 1))
    var queuedLast = false
    while bench.machine.storedCount < 12 {
      bench.now = bench.now + .milliseconds(takeLong ? 100 : 2)
      for worker in bench.listed {
        guard let first = bench.held(by: worker).first else { continue }
        bench.answer([first])
        let held = bench.held(by: worker).map(\.index)
        if held.contains(11), held.count > 1 { queuedLast = true }
      }
    }
    #expect(queuedLast != takeLong)
    #expect(bench.messages.joined().sorted() == Array(0..<12), "each once")
  }

  let one = worker(1)

  @Test func aLaneNeverHoldsMorePartitionsThanItsCredit() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 500), workers: [one],
      VentilatorConfiguration(creditPartitions: 5))
    var most = 0
    while !bench.outstanding.isEmpty {
      most = max(most, bench.held(by: one).count)
      bench.now = bench.now + .milliseconds(1)
      bench.answer(bench.outstanding)
    }
    #expect(most == 5)
    #expect(bench.machine.isDone)
  }

  @Test func aLaneNeverHoldsMoreBytesThanItsCredit() {
    let sizes = (0..<400).map { 5 + $0 * 7 % 30 }
    var bench = VentilatorBench(
      sizes: sizes, workers: [one], VentilatorConfiguration(creditBytes: 100))
    var mostCounted = 0
    while !bench.outstanding.isEmpty {
      #expect(bench.held(by: one).count <= 2 || bench.heldBytes(by: one) <= 100)
      mostCounted = max(mostCounted, bench.held(by: one).count)
      bench.now = bench.now + .milliseconds(1)
      bench.answer([bench.outstanding[0]])
    }
    #expect(mostCounted > 2, "credit in bytes leaves room for several small partitions")
    #expect(bench.machine.isDone)
  }

  @Test func twoPartitionsAreAlwaysAllowedHoweverLarge() {
    let bench = VentilatorBench(
      sizes: [1000, 1000, 1000], workers: [one], VentilatorConfiguration(creditBytes: 10))
    #expect(bench.held(by: one).map(\.index) == [0, 1])
  }

  @Test func cuttingDoesNotRunFarAheadOfAPartitionThatIsNotStored() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 200), workers: [one],
      VentilatorConfiguration(aheadPartitions: 16))
    for _ in 0..<100 {
      bench.now = bench.now + .milliseconds(1)
      bench.answer(bench.outstanding.filter { $0.index != 0 })
    }
    #expect(bench.machine.cutCount == 16)
    #expect(bench.machine.storedCount == 15)
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aReceiptGivesItsCreditBack() {
    var bench = VentilatorBench(
      sizes: [1000, 1000, 1000], workers: [one], VentilatorConfiguration(creditBytes: 10))
    bench.answer([bench.outstanding[0]])
    #expect(bench.held(by: one).map(\.index) == [1, 2])
  }

  @Test func smallPartitionsArePackedUpToTheCount() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 300), workers: [one],
      VentilatorConfiguration(packPartitions: 4, packTime: .seconds(1)))
    bench.speedUp(rounds: 5)
    #expect(bench.messages.map(\.count).max() == 4)
  }

  @Test func smallPartitionsArePackedUpToTheBytes() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 10, count: 300), workers: [one],
      VentilatorConfiguration(packBytes: 35, packTime: .seconds(1)))
    bench.speedUp(rounds: 5)
    #expect(bench.messages.map(\.count).max() == 3)
  }

  @Test func aMessageIsAboutAsMuchWorkAsTheResultsMayWaitForEachOther() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 3000), workers: [one],
      VentilatorConfiguration(packTime: .milliseconds(4)))
    // A partition a millisecond.
    for _ in 0..<1000 {
      bench.now = bench.now + .milliseconds(1)
      bench.answer([bench.outstanding[0]])
    }
    bench.answer(bench.outstanding)
    #expect((2...5).contains(bench.messages.suffix(8).map(\.count).max() ?? 0))
  }

  @Test func aPartitionLargerThanAMessageTravelsAlone() {
    var bench = VentilatorBench(
      sizes: [10, 1000, 10, 10], workers: [one], VentilatorConfiguration(packBytes: 35))
    bench.finish()
    #expect(bench.messages.first { $0.contains(1) } == [1])
  }

  @Test func theWindowGrowsWithTheRateOfReceipts() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 5000), workers: [one])
    #expect(bench.outstanding.count == 2, "nothing is known of a worker at first")
    // Everything comes back within 10 ms, so 50 ms of work is five times what is held, and more.
    bench.speedUp(rounds: 6)
    #expect(bench.outstanding.count == 128)
  }

  @Test func theWindowShrinksWhenReceiptsSlowDown() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 5000), workers: [one])
    bench.speedUp(rounds: 6)
    let before = bench.outstanding.count
    // One in 100 ms: 50 ms of work is half a partition, and two are the least.
    for _ in 0..<before {
      bench.now = bench.now + .milliseconds(100)
      bench.answer([bench.outstanding[0]])
    }
    #expect(bench.outstanding.count == 2)
  }

  @Test func theLastPartitionsAreSharedAmongTheWorkers() {
    let three = [worker(1), worker(2), worker(3)]
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 6), workers: three)
    bench.handle(.tick)
    #expect(three.map { bench.held(by: $0).count } == [2, 2, 2])
  }

  @Test(arguments: [VentilatorConfiguration.Balance.leastLoaded, .roundRobin])
  func workReachesEveryWorker(_ balance: VentilatorConfiguration.Balance) {
    let four = (1...4).map { worker($0) }
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 200), workers: four,
      VentilatorConfiguration(balance: balance))
    for one in four { #expect(!bench.held(by: one).isEmpty) }
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func nothingIsCutBeforeThereIsAWorker() {
    var bench = VentilatorBench(sizes: [1, 2, 3])
    #expect(bench.handle(.tick).isEmpty)
    #expect(bench.machine.cutCount == 0)
  }

  @Test func aSourceIsReadNoFurtherThanCreditReaches() {
    let bench = VentilatorBench(sizes: Array(repeating: 1, count: 10_000), workers: [one])
    #expect(bench.machine.cutCount < 10)
  }
}

extension VentilatorBench {
  /// Answers all that is outstanding every 10 ms.
  fileprivate mutating func speedUp(rounds: Int) {
    for _ in 0..<rounds {
      now = now + .milliseconds(10)
      answer(outstanding)
    }
  }
}
