import PipelineCore
import Testing

@Suite("Ventilator: stragglers")
struct VentilatorStragglerTests {
  let one = worker(1)
  let two = worker(2)
  let single = VentilatorConfiguration(packPartitions: 1)

  /// All is done but what the first lane holds, which it has had since now. Partitions took `pace`
  /// each.
  private func tail(
    pace: Span = .milliseconds(100), _ configuration: VentilatorConfiguration,
    workers: [NodeIncarnation]? = nil
  ) -> VentilatorBench {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 12), workers: workers ?? [one, two], configuration)
    while !bench.machine.isExhausted {
      bench.now = bench.now + pace
      for worker in bench.listed {
        if let first = bench.held(by: worker).first { bench.answer([first]) }
      }
    }
    func answerOthers() {
      while bench.outstanding.contains(where: { $0.worker != one }) {
        bench.answer(bench.outstanding.filter { $0.worker != one })
      }
    }
    answerOthers()
    // What waits there is called back.
    bench.wait(Ventilator.recallPatience)
    answerOthers()
    return bench
  }

  @Test func whatIsLateGetsASecondAttemptElsewhere() throws {
    var bench = tail(single)
    let late = bench.held(by: one)
    #expect(!late.isEmpty)
    let due = try #require(bench.machine.nextTick)
    bench.now = due
    bench.handle(.tick)
    #expect(bench.held(by: two).map(\.index) == late.map(\.index))
    #expect(bench.held(by: two).map(\.attempt) == late.map { $0.attempt + 1 })
    #expect(bench.machine.secondAttempts == UInt64(late.count))
    #expect(bench.machine.progress.secondAttempts == UInt64(late.count))
  }

  @Test func nothingIsLateBeforeTwiceTheMedian() throws {
    var bench = tail(single)
    let due = try #require(bench.machine.nextTick)
    bench.now = Instant(nanoseconds: due.nanoseconds - 1)
    bench.handle(.tick)
    #expect(bench.held(by: two).isEmpty)
    #expect(bench.machine.nextTick == due)
  }

  @Test func nothingIsLateBeforeTheFloor() throws {
    let bench = tail(
      pace: .milliseconds(2),
      VentilatorConfiguration(packPartitions: 1, stragglerFloor: .seconds(3)))
    let due = try #require(bench.machine.nextTick)
    #expect(due - bench.now > .milliseconds(2900))
  }

  @Test func theFirstStoredWinsAndEachCreditComesBackWithItsOwnReceipt() {
    var bench = tail(single)
    let late = bench.held(by: one)
    bench.wait(.seconds(1))
    let copies = bench.held(by: two)
    #expect(bench.answer(copies).released == late.map(\.index))
    #expect(bench.machine.isDone)
    #expect(bench.machine.leasedCount == late.count, "the slow one is still at it")
    #expect(bench.answer(late, .duplicate(digest: 1, agrees: true)).isEmpty)
    #expect(bench.machine.leasedCount == 0)
  }

  @Test func aFailureOfOneAttemptLeavesTheOther() {
    var bench = tail(single)
    let late = bench.held(by: one)[0]
    bench.wait(.seconds(1))
    bench.answer([late], .failed(.disk))
    #expect(bench.machine.nextTick == nil || bench.outstanding.contains { $0.index == late.index })
    #expect(bench.held(by: two).contains { $0.index == late.index })
    #expect(
      !bench.held(by: one).contains { $0.index == late.index }, "it is not delayed but under way")
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func attemptsAreNumberedOnceAlthoughTheLaterOneFailsFirst() {
    var bench = tail(single)
    let late = bench.held(by: one)
    bench.wait(.seconds(1))
    // Two lanes give two second attempts.
    for _ in 0..<2 { bench.answer(bench.held(by: two), .failed(.disk)) }
    #expect(bench.machine.leasedCount == late.count)
    bench.answer([late[0]], .failed(.disk))
    bench.wait(.seconds(1))
    #expect(bench.outstanding.first { $0.index == late[0].index }?.attempt == late[0].attempt + 3)
  }

  @Test func theDeathOfOneHolderLeavesTheOther() {
    var bench = tail(single)
    let late = bench.held(by: one)
    bench.wait(.seconds(1))
    bench.evict(one)
    #expect(bench.machine.evictions.last?.requeued == 0)
    #expect(bench.held(by: two).map(\.index) == late.map(\.index))
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func atMostTwoAttemptsAreUnderWay() {
    let three = [one, two, worker(3)]
    var bench = tail(single, workers: three)
    let late = bench.held(by: one).map(\.index)
    for _ in 0..<100 { bench.wait(.seconds(10)) }
    for index in late { #expect(bench.outstanding.filter { $0.index == index }.count == 2) }
  }

  @Test func theOtherAttemptGoesToAnotherNode() {
    var bench = tail(single, workers: [one, two, worker(1, start: 2)])
    bench.wait(.seconds(10))
    #expect(bench.machine.secondAttempts > 0)
    #expect(bench.held(by: worker(1, start: 2)).isEmpty)
  }

  @Test func secondAttemptsAreLimited() {
    // The first lane holds up cutting again and again; two lanes give two second attempts.
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 200), workers: [one, two],
      VentilatorConfiguration(packPartitions: 1, aheadPartitions: 8, stragglerShare: 0))
    for _ in 0..<5 {
      let stuck = bench.held(by: one).first
      while let next = bench.held(by: two).first {
        bench.now = bench.now + .milliseconds(5)
        bench.answer([next] + bench.held(by: one).filter { $0 != stuck })
      }
      bench.wait(.seconds(1))
      bench.answer(bench.held(by: two))
      bench.answer(stuck.map { [$0] } ?? [])
    }
    #expect(bench.machine.secondAttempts == 2)
  }

  @Test func aRunWithoutAnotherLaneHasNoSecondAttempts() {
    var bench = VentilatorBench(sizes: [1, 1, 1], workers: [one], single)
    bench.wait(.milliseconds(5))
    bench.answer([bench.outstanding[0]])
    #expect(bench.wait(.seconds(100)).isEmpty && bench.machine.nextTick == nil)
  }

  @Test func aStragglerThatHoldsUpCuttingIsRescuedBeforeTheEnd() {
    var bench = VentilatorBench(
      sizes: Array(repeating: 1, count: 100), workers: [one, two],
      VentilatorConfiguration(packPartitions: 1, aheadPartitions: 8))
    let stuck = bench.held(by: one)[0]
    while bench.held(by: two).count > 0 {
      bench.now = bench.now + .milliseconds(5)
      bench.answer(bench.outstanding.filter { $0 != stuck })
    }
    #expect(!bench.machine.isExhausted)
    bench.wait(.seconds(1))
    #expect(bench.held(by: two).map(\.index) == [stuck.index])
    bench.answer(bench.held(by: two))
    #expect(!bench.held(by: two).isEmpty, "it goes on")
  }

  @Test func aSuspectGetsNoSecondAttempt() {
    var bench = tail(single)
    let index = bench.held(by: one)[0].index
    bench.open(worker(3))
    bench.evict(one)
    let suspect = bench.outstanding.first { $0.index == index }!
    bench.answer(bench.outstanding.filter { $0 != suspect })
    bench.wait(.seconds(100))
    #expect(bench.outstanding.filter { $0.index == suspect.index }.count == 1)
  }
}
