import PipelineCore
import Testing

@Suite("Ventilator: workers that leave in good order")
struct VentilatorReleaseTests {
  let one = worker(1)
  let two = worker(2)
  let strict = VentilatorConfiguration(packPartitions: 1, attempts: 1, onFailure: .quarantine)

  @Test func whatOneHeldThatHasLeftGoesToOthersUncharged() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    #expect(bench.order(.release(one)) == [.closeLane(one)])
    #expect(
      bench.machine.evictions == [Beat.Eviction(worker: one, requeued: 2, suspect: nil)])
    #expect(bench.machine.quarantined.isEmpty && bench.machine.leasedCount == 0)
    bench.listed = []
    #expect(bench.open(two).sent == [0, 1], "they are no suspects")
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aLateRosterDoesNotBringItBack() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    bench.order(.release(one))
    #expect(bench.publish().opened.isEmpty)
    #expect(bench.order(.release(one)).isEmpty, "twice is the same as once")
    #expect(bench.machine.evictions.count == 1)
  }

  @Test func whoIsAboutToLeaveKeepsWhatItIsAtAndGetsNothingMore() {
    var bench = VentilatorBench(sizes: [1, 1, 1, 1], workers: [one], strict)
    #expect(bench.messages == [[0], [1]])
    bench.draining = [one]
    #expect(bench.publish().isEmpty, "1 waits for another worker")
    #expect(bench.machine.leasedCount == 1)
    #expect(bench.answer([bench.outstanding[0]]) == [.release(0...0)])
    bench.loseOutstanding()
    #expect(bench.open(two).sent == [1, 2])
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.quarantined.isEmpty)
  }

  /// Its answer may be on the way, and the next message begun.
  @Test(arguments: [(milliseconds: 1, kept: 1), (milliseconds: 5, kept: 2)])
  func whoIsAboutToLeaveKeepsWhatItMayBeAt(milliseconds: Int64, kept: Int) {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 60), workers: [one],
      VentilatorConfiguration(packPartitions: 1))
    while bench.machine.storedCount < 40 {
      bench.now = bench.now + .milliseconds(10)
      bench.answer([bench.outstanding[0]])
    }
    #expect(bench.held(by: one).count > 2)
    bench.draining = [one]
    bench.now = bench.now + .milliseconds(milliseconds)
    bench.publish()
    #expect(bench.machine.leasedCount == kept)
    bench.draining = []
    bench.order(.release(one))
    bench.open(two)
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.quarantined.isEmpty)
  }

  @Test func whatItAnswersAfterAllCounts() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    let sent = bench.outstanding
    bench.draining = [one]
    bench.publish()
    #expect(bench.answer([sent[1]]) == [.release(1...1)])
    bench.open(two)
    #expect(bench.held(by: two).isEmpty)
  }

  @Test func whoIsFirstListedWhenItLeavesGetsNoLane() {
    var bench = VentilatorBench(sizes: [1, 1])
    bench.draining = [one]
    #expect(bench.open(one).opened.isEmpty)
  }

  @Test func theOrderIsWaitedForThatSaysWhyAWorkerIsGone() {
    var bench = VentilatorBench(sizes: [1, 1, 1], workers: [one], strict)
    bench.listed = []
    #expect(bench.publish().isEmpty)
    bench.answer([bench.outstanding[0]])
    #expect(bench.outstanding.map(\.index) == [1], "it gets nothing more meanwhile")
    bench.order(.release(one))
    #expect(bench.machine.quarantined.isEmpty)
  }

  @Test func anOrderThatIsFasterThanItsSupervisorsFirstRosterIsKept() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    bench.supervisor = worker(1000, start: 2)
    #expect(bench.order(.release(one)).isEmpty)
    bench.listed = []
    #expect(bench.publish().closed == [one])
    #expect(bench.machine.quarantined.isEmpty, "the reason counts")
  }

  @Test(arguments: [Order.cancel, .evict(worker(1)), .release(worker(1))])
  func ordersOfASupervisorOfThePastAreIgnored(_ order: Order) {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    bench.supervisor = worker(1000, start: 2)
    bench.publish()
    bench.supervisor = worker(1000)
    #expect(bench.order(order).isEmpty)
    #expect(bench.machine.leasedCount == 2)
    bench.supervisor = worker(1000, start: 2)
    #expect(!bench.order(order).isEmpty)
  }

  @Test func onlySoManyEarlyOrdersAreKept() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    bench.supervisor = worker(1000, start: 2)
    bench.order(.release(one))
    for number in 100..<164 as Range<UInt64> { bench.order(.evict(worker(number))) }
    #expect(bench.publish().closed.isEmpty)
  }

  @Test(arguments: [Roster.RunPhase.running, .idle])
  func aRosterOfAnotherRunIsLeft(_ phase: Roster.RunPhase) {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one])
    var next = bench.nextRoster(phase: phase)
    next.run.id = RunID(rawValue: phase == .idle ? 0 : 8)
    #expect(bench.handle(.roster(next)) == [.leave])
  }
}
