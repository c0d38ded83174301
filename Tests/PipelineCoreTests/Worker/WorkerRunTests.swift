import PipelineCore
import Testing

@Suite("Worker: the run that it takes part in")
struct WorkerRunTests {
  let me = worker(1)
  let other = RunID(rawValue: 8)

  @Test func itTakesTheRunOfTheFirstRoster() {
    var bench = WorkerBench(me, run: nil)
    #expect(bench.machine.run == nil)
    bench.handle(.roster(roster(1, run: other)))
    #expect(bench.machine.run == other)
    #expect(
      bench.handle(.roster(roster(2, workers: [me]))) == [.leave(.otherRun(.test))],
      "a second one does not count")
  }

  @Test func theIdleRosterIsTakenToo() {
    var bench = WorkerBench(me, run: nil, staysAfterRun: true)
    #expect(bench.handle(.roster(roster(1, phase: .idle, run: .none, workers: [me]))).isEmpty)
    #expect(bench.machine.run == RunID.none && bench.machine.isJoined)
    let next = roster(1, supervisor: 2, workers: [])
    #expect(bench.handle(.roster(next)) == [.leave(.otherRun(.test))])
  }

  @Test func whatComesBeforeTheRunIsKnownIsDropped() {
    var bench = WorkerBench(me, run: nil)
    #expect(bench.handle(.pack(bench.pack(1))) == [.drop(token: 1, .notOurs)])
  }

  @Test func aRosterOfAnotherRunIsTheEnd() {
    var bench = WorkerBench(me)
    bench.join()
    bench.receive(1, 2)
    let actions = bench.handle(.roster(roster(1, supervisor: 2, run: other, workers: [me])))
    #expect(
      actions == [
        .drop(token: 2, .runEnded), .drop(token: 1, .runEnded), .leave(.otherRun(other)),
      ])
    #expect(bench.handle(.computed(token: 1)).isEmpty)
  }

  @Test func aLateRosterOfTheRunBeforeIsNotObeyed() {
    var bench = WorkerBench(me)
    bench.handle(.roster(roster(1, supervisor: 1, workers: [me])))
    bench.handle(.roster(roster(1, supervisor: 2, workers: [me])))
    #expect(bench.handle(.roster(roster(9, supervisor: 1, run: other))).isEmpty)
  }

  @Test(arguments: [Roster.RunPhase.finished, .abandoned])
  func whoStaysDropsEverythingAndWaitsForAnotherRun(_ phase: Roster.RunPhase) {
    var bench = WorkerBench(me, staysAfterRun: true)
    bench.join()
    bench.receive(1, 2)
    #expect(
      bench.handle(.roster(roster(2, phase: phase, workers: [me]))) == [
        .drop(token: 2, .runEnded), .drop(token: 1, .runEnded), .disconnectSink(worker(9999)),
      ])
    #expect(bench.machine.heldCount == 0 && bench.machine.isJoined)
    #expect(bench.handle(.pack(bench.pack(3))) == [.drop(token: 3, .runEnded)])
    #expect(bench.handle(.computed(token: 1)).isEmpty)
    for sequence in 3...100 as ClosedRange<UInt64> {
      bench.now = bench.now + .milliseconds(250)
      #expect(bench.handle(.roster(roster(sequence, phase: phase))).isEmpty, "not void either")
    }
    #expect(
      bench.handle(.roster(roster(101, phase: .idle, run: .none))) == [.leave(.otherRun(.none))])
  }

  @Test func whoStaysGoesOnWithARunThatGoesOn() {
    var bench = WorkerBench(me, staysAfterRun: true)
    bench.join()
    bench.handle(.roster(roster(2, phase: .abandoned, workers: [me])))
    let actions = bench.handle(.roster(roster(1, supervisor: 2, workers: [me], sink: "results")))
    #expect(actions == [.connectSink(worker(9999), endpoint: "results")])
    #expect(bench.receive(5) == [.compute(token: 5)])
  }

  @Test func whoStaysWaitsForASilentSupervisorAsLongAsItTakes() {
    var bench = WorkerBench(me, staysAfterRun: true, patience: .seconds(2))
    bench.join()
    bench.receive(1)
    for _ in 0..<100 {
      bench.now = bench.now + .seconds(1)
      #expect(bench.handle(.tick).isEmpty)
    }
    #expect(bench.handle(.computed(token: 1)) == [.send(token: 1)])
  }
}
