import PipelineCore
import Testing

@Suite("Ventilator: what waits is called back")
struct VentilatorRecallTests {
  let one = worker(1)
  let two = worker(2)
  let patience = Ventilator.recallPatience

  /// All is cut; the first lane holds partitions, the second one nothing.
  private func lopsided(
    _ count: Int, _ configuration: VentilatorConfiguration = VentilatorConfiguration()
  ) -> VentilatorBench {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 60 + count), workers: [one], configuration)
    while bench.machine.storedCount < 60 {
      bench.now = bench.now + .milliseconds(1)
      bench.answer([bench.outstanding[0]])
    }
    precondition(bench.machine.isExhausted && bench.held(by: one).count == count)
    bench.open(two)
    return bench
  }

  @Test func theLastOfWhatWaitsGoesToTheIdleWorker() throws {
    // A worker of which nothing is known gets two.
    var bench = lopsided(9)
    let held = bench.held(by: one).map(\.index)
    let actions = bench.wait(patience)
    guard case .recall(one, let recalls) = try #require(actions.first) else {
      Issue.record("\(actions)")
      return
    }
    #expect(recalls == [Recall(indexes: held[7]...held[8], attempt: 1)])
    #expect(bench.held(by: one).map(\.index) == Array(held[..<7]))
    #expect(bench.held(by: two).map(\.index) == Array(held[7...]))
    #expect(bench.held(by: two).allSatisfy { $0.attempt == 2 })
    #expect(bench.machine.secondAttempts == 0, "no work is done twice")
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.leasedCount == 0)
  }

  /// A worker that holds nothing of what was sent to it is found out as soon as without recalls.
  @Test func whatIsCalledBackDoesNotShowThatTheRestArrived() {
    var bench = lopsided(9)
    bench.held[one] = 0
    bench.publish(intervals: 4)
    let actions = bench.answer(bench.held(by: two)) + bench.wait(patience)
    let isRecalled = actions.contains { if case .recall(one, _) = $0 { true } else { false } }
    #expect(isRecalled)
    #expect(!bench.publish(intervals: 4).reopened.contains(one))
    #expect(bench.publish(intervals: 1).reopened.contains(one), "since the first roster")
    bench.held[one] = nil
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func halfOfWhatWaitsIsLeftWhereItIs() {
    var bench = lopsided(3)
    bench.wait(patience)
    #expect(bench.held(by: one).count == 2 && bench.held(by: two).count == 1)
  }

  @Test func nothingIsCalledBackBeforeItsTime() throws {
    var bench = lopsided(9)
    let due = try #require(bench.machine.nextTick)
    bench.now = Instant(nanoseconds: due.nanoseconds - 1)
    #expect(bench.handle(.tick).isEmpty)
    bench.now = due
    #expect(bench.handle(.tick).count == 2, "a recall and a message")
  }

  @Test func whatIsUnderWayStaysWhereItIs() {
    var bench = lopsided(1, VentilatorConfiguration(stragglerFloor: .seconds(100)))
    #expect(bench.wait(.seconds(50)).isEmpty)
    #expect(bench.held(by: one).count == 1)
  }

  @Test func aBusyWorkerIsLeftAlone() {
    var bench = lopsided(9)
    bench.wait(patience)
    let held = bench.held(by: one)
    #expect(bench.wait(patience).isEmpty, "both have something to do")
    #expect(bench.held(by: one) == held)
  }

  @Test func theResultOfWhatHadBegunCountsAllTheSame() {
    var bench = lopsided(3)
    let begun = bench.held(by: one)
    bench.wait(patience)
    let moved = begun.filter { !bench.held(by: one).contains($0) }
    #expect(!moved.isEmpty)
    #expect(bench.answer(moved).released == moved.map(\.index))
    #expect(bench.machine.leasedCount == 3, "the copies are under way")
    bench.answer(bench.held(by: two), .duplicate(digest: 1, agrees: true))
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.leasedCount == 0)
  }

  @Test func aRecallIsNoLargerThanAMessage() {
    var bench = lopsided(40, VentilatorConfiguration(packPartitions: 3))
    bench.wait(patience)
    #expect(bench.held(by: two).count <= 3)
  }

  @Test func whoIsOutOfReachGetsNothing() {
    var bench = lopsided(9)
    bench.evict(two)
    bench.unreachable.insert(worker(3))
    bench.open(worker(3))
    bench.wait(patience)
    #expect(bench.held(by: worker(3)).isEmpty)
  }

  @Test func whatIsCalledBackIsRememberedWithinBounds() {
    var recalled = RecalledPartitions()
    #expect(recalled.isEmpty && !recalled.contains(3, attempt: 1))
    recalled.add([Recall(indexes: 2...4, attempt: 1)])
    #expect(recalled.contains(3, attempt: 1) && !recalled.contains(3, attempt: 2))
    let many = (0..<UInt32(RecalledPartitions.maximumRecalls)).map {
      Recall(indexes: (1000 + $0)...(1000 + $0), attempt: 1)
    }
    recalled.add(many)
    #expect(!recalled.contains(3, attempt: 1), "the oldest is forgotten")
    #expect(recalled.contains(1000, attempt: 1))
    recalled.removeAll()
    #expect(recalled.isEmpty)
  }
}
