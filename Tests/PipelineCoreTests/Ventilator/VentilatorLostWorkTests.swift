import PipelineCore
import Testing

@Suite("Ventilator: work that was lost on the way")
struct VentilatorLostWorkTests {
  let one = worker(1)
  let two = worker(2)
  let strict = VentilatorConfiguration(attempts: 1)

  @Test func whatAnIdleWorkerDoesNotHaveIsSentAgainUncharged() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    bench.held[one] = 0
    #expect(bench.publish(intervals: 8).sent.isEmpty)
    let actions = bench.publish(intervals: 1)
    #expect(actions.sent == [0, 1])
    #expect(actions.reopened.contains(one), "the stage may have been lost, too")
    #expect(bench.machine.evictions.isEmpty && bench.machine.quarantined.isEmpty)
    bench.held[one] = nil
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aWorkerThatHoldsSomethingIsAtWork() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    bench.held[one] = 1
    #expect(bench.publish(intervals: 100).isEmpty)
  }

  @Test func aReceiptShowsThatTheWorkArrived() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    bench.held[one] = 0
    bench.publish(intervals: 8)
    bench.answer([bench.outstanding[0]])
    #expect(bench.publish(intervals: 8).sent.isEmpty, "it starts anew")
    #expect(bench.publish(intervals: 1).sent == [1])
  }

  @Test func rostersInARowCountAsOneInterval() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    bench.held[one] = 0
    for _ in 0..<100 { bench.publish() }
    #expect(bench.messages.count == 1)
  }

  @Test func aGapInTheRostersCountsAsOneRoster() {
    var bench = VentilatorBench(sizes: [1, 1], workers: [one], strict)
    bench.held[one] = 0
    bench.publish(intervals: 1)
    bench.now = bench.now + .seconds(60)
    #expect(bench.publish().isEmpty, "the supervisor was silent, not the worker idle")
  }

  @Test func aWorkerWithoutLeasesLosesNothing() {
    var bench = VentilatorBench(sizes: [], workers: [one])
    #expect(bench.publish(intervals: 50).isEmpty)
  }

  @Test func aLostSuspectStaysASuspect() {
    var bench = VentilatorBench(sizes: Array(repeating: 1, count: 20), workers: [one])
    bench.evict(one)
    bench.open(two)
    #expect(bench.outstanding.map(\.index) == [0])
    bench.held[two] = 0
    bench.loseOutstanding()
    bench.publish(intervals: 9)
    bench.held[two] = nil
    while !bench.outstanding.contains(where: { $0.index == 0 }) { bench.answer(bench.outstanding) }
    #expect(bench.outstanding.count == 1)
    bench.finish()
    #expect(bench.machine.isDone)
  }
}
