import PipelineCore
import Testing

@Suite("Worker: told to end")
struct WorkerDrainTests {
  let me = worker(1)

  @Test func anIdleWorkerLeavesAtOnce() {
    var bench = WorkerBench(me)
    bench.join()
    #expect(bench.handle(.drain) == [.leave(.drained)])
    #expect(bench.machine.phase == .left && bench.machine.isDraining)
    #expect(bench.handle(.drain).isEmpty)
  }

  @Test func oneThatHasJoinedNothingLeavesAtOnce() {
    var bench = WorkerBench(me, run: nil)
    #expect(bench.handle(.drain) == [.leave(.drained)])
  }

  @Test func whatIsUnderWayIsFinishedAndWhatWaitsIsNot() {
    var bench = WorkerBench(me)
    bench.join()
    bench.receive(1, 2, 3)
    #expect(bench.handle(.drain) == [.drop(token: 2, .draining), .drop(token: 3, .draining)])
    #expect(bench.machine.isDraining && bench.machine.phase == .working)
    #expect(bench.handle(.pack(bench.pack(4))) == [.drop(token: 4, .draining)])
    bench.now = bench.now + .seconds(3600)
    #expect(bench.handle(.tick).isEmpty, "a partition takes as long as it takes")
    #expect(bench.handle(.computed(token: 1)) == [.send(token: 1), .leave(.drained)])
    #expect(bench.machine.phase == .left)
  }

  @Test func resultsWaitForASinkForAWhile() {
    var bench = WorkerBench(me)
    bench.handle(.roster(roster(1, workers: [me])))
    bench.receive(1, 2)
    bench.handle(.computed(token: 1))
    #expect(bench.handle(.drain).isEmpty, "2 is under way")
    #expect(bench.handle(.computed(token: 2)).isEmpty)
    bench.now = bench.now + .milliseconds(1900)
    #expect(bench.handle(.tick).isEmpty)
    let actions = bench.handle(.roster(roster(2, workers: [me], sink: "results")))
    #expect(
      actions == [
        .connectSink(worker(9999), endpoint: "results"), .send(token: 1), .send(token: 2),
        .leave(.drained),
      ])
  }

  @Test func withoutASinkTheyAreGivenUpAfterEightIntervals() {
    var bench = WorkerBench(me, staysAfterRun: true)
    bench.handle(.roster(roster(1, workers: [me])))
    bench.receive(1)
    bench.handle(.drain)
    bench.now = bench.now + .seconds(100)
    #expect(bench.handle(.computed(token: 1)).isEmpty, "the wait begins now")
    bench.now = bench.now + .milliseconds(2000)
    #expect(bench.handle(.tick).isEmpty)
    bench.now = bench.now + .milliseconds(1)
    #expect(bench.handle(.tick) == [.drop(token: 1, .runEnded), .leave(.drained)])
  }

  @Test func anIncarnationThatIsVoidHasNothingToFinish() {
    var bench = WorkerBench(me)
    bench.join()
    bench.receive(1)
    bench.handle(.drain)
    #expect(
      bench.handle(.roster(roster(2, sink: "ipc://results"))) == [
        .drop(token: 1, .notOurs), .leave(.drained),
      ])
  }

  @Test func theEndOfTheRunIsItsEndToo() {
    var bench = WorkerBench(me, staysAfterRun: true)
    bench.join()
    bench.receive(1)
    bench.handle(.drain)
    let actions = bench.handle(.roster(roster(2, phase: .finished, workers: [me])))
    #expect(actions.last == .leave(.drained))
  }
}
