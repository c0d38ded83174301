import PipelineCore
import Testing

@Suite("Worker: the roster, void incarnations and leaving")
struct WorkerRosterTests {
  let me = worker(1)

  @Test func aWorkerHasJoinedWhenItSeesItself() {
    var bench = WorkerBench(me)
    #expect(!bench.machine.isJoined)
    bench.handle(.roster(roster(1, workers: [worker(2)])))
    #expect(!bench.machine.isJoined)
    bench.handle(.roster(roster(2, workers: [worker(1, start: 99)])))
    #expect(!bench.machine.isJoined, "that is another incarnation of it")
    bench.handle(.roster(roster(3, workers: [me, worker(2)])))
    #expect(bench.machine.isJoined)
  }

  @Test(arguments: [UInt64(4), 5])
  func aRosterFromThePastIsIgnored(_ sequence: UInt64) {
    var bench = WorkerBench(me)
    bench.handle(.roster(roster(5, workers: [me])))
    let actions = bench.handle(.roster(roster(sequence, phase: .abandoned)))
    #expect(actions.isEmpty)
    #expect(bench.machine.isJoined)
  }

  @Test func anEvictedWorkerDropsWhatItHoldsAndStartsAnew() {
    var bench = WorkerBench(me)
    bench.join()
    bench.receive(1, 2)
    let actions = bench.handle(.roster(roster(2, workers: [worker(2)])))
    #expect(
      actions == [.drop(token: 2, .notOurs), .drop(token: 1, .notOurs), .startAnew])
    bench.restart(2)
    #expect(bench.machine.identity == worker(1, start: 2))
    // What the void incarnation was computing comes to its end and goes nowhere.
    #expect(bench.handle(.computed(token: 1)).isEmpty)
    bench.handle(.roster(roster(3, workers: [worker(1, start: 2)])))
    #expect(bench.machine.isJoined)
    #expect(bench.receive(9) == [.compute(token: 9)])
  }

  @Test func anotherSupervisorThatDoesNotKnowTheWorkerYetVoidsNothing() {
    var bench = WorkerBench(me)
    bench.join()
    bench.receive(1)
    #expect(bench.handle(.roster(roster(1, supervisor: 2))).isEmpty)
    #expect(!bench.machine.isJoined && bench.machine.heldCount == 1)
    bench.handle(.roster(roster(2, supervisor: 2, workers: [me])))
    #expect(bench.machine.isJoined && bench.machine.heldCount == 1)
  }

  @Test func aWorkerEvictedBeforeItSawItselfStartsAnewToo() {
    var bench = WorkerBench(me)
    var anew = 0
    for sequence in 1...20 as ClosedRange<UInt64> where anew == 0 {
      bench.now = bench.now + .milliseconds(250)
      let actions = bench.handle(.roster(roster(sequence, workers: [worker(2)])))
      if actions.contains(.startAnew) { anew += 1 }
    }
    #expect(anew == 1, "it would wait for ever: a void incarnation is never listed")
    #expect(bench.now <= at(3000))
    bench.restart(2)
    bench.now = bench.now + .milliseconds(250)
    #expect(bench.handle(.roster(roster(30, workers: [worker(2)]))).isEmpty)
  }

  @Test func manyRostersInAMomentVoidNothing() {
    var bench = WorkerBench(me)
    for sequence in 1...100 as ClosedRange<UInt64> {
      #expect(bench.handle(.roster(roster(sequence, workers: [worker(2)]))).isEmpty)
    }
  }

  @Test(arguments: [
    (Roster.RunPhase.finished, Worker.LeaveReason.runFinished), (.abandoned, .runAbandoned),
  ])
  func theEndOfTheRunIsTheEndOfTheWorker(
    _ phase: Roster.RunPhase, _ reason: Worker.LeaveReason
  ) {
    var bench = WorkerBench(me)
    bench.join()
    bench.receive(1, 2)
    let actions = bench.handle(.roster(roster(2, phase: phase)))
    #expect(actions.last == .leave(reason))
    #expect(
      actions.dropLast().map { $0 } == [.drop(token: 2, .runEnded), .drop(token: 1, .runEnded)])
    #expect(bench.handle(.computed(token: 1)).isEmpty, "nothing is done after leaving")
    #expect(bench.receive(3).isEmpty)
  }

  @Test func aWorkerLeavesWithItsParent() {
    var bench = WorkerBench(me)
    bench.join()
    #expect(bench.handle(.parentDied) == [.leave(.parentDied)])
    #expect(bench.handle(.parentDied).isEmpty)
  }

  @Test func aSilentSupervisorIsWaitedForAndThenLeft() {
    var bench = WorkerBench(me, patience: .seconds(5))
    bench.join()
    for _ in 0..<5 { #expect(bench.tickAfter(.seconds(1)).isEmpty) }
    #expect(bench.tickAfter(.milliseconds(500)) == [.leave(.supervisorSilent(.milliseconds(5500)))])
  }

  @Test func ownSleepIsNotHeldAgainstTheSupervisor() {
    var bench = WorkerBench(me, patience: .seconds(5))
    bench.join()
    #expect(bench.tickAfter(.seconds(3600)).isEmpty)
    for _ in 0..<4 { #expect(bench.tickAfter(.seconds(1)).isEmpty) }
    for _ in 0..<2 where bench.tickAfter(.seconds(1)).isEmpty {}
    #expect(bench.handle(.tick).isEmpty, "it has left")
    #expect(bench.receive(1).isEmpty)
  }
}

extension WorkerBench {
  fileprivate mutating func tickAfter(_ span: Span) -> [Worker.Action] {
    now = now + span
    return handle(.tick)
  }
}
