import PipelineCore
import Testing

@Suite("Supervisor: workers that are stuck, silent or without a lane")
struct SupervisorStuckTests {
  let one = worker(1)
  let two = worker(2)
  let killed = ExitCause(status: .signal(9), lastLines: [])

  private func bench(onlyChildren: Bool = true) -> SupervisorBench {
    SupervisorBench(
      Supervisor.Configuration(
        onlyChildren: onlyChildren, restarts: .standard, timeout: .seconds(10)))
  }

  private func busy(_ index: UInt32, for span: Span) -> Beat.UnderWay {
    Beat.UnderWay(partition: PartitionID(index), elapsed: span)
  }

  @Test func aPartitionThatTakesTooLongIsTakenFromItsWorker() {
    var bench = bench()
    bench.start(one, two)
    #expect(bench.handle(.beat(beat(one, 2, underWay: busy(7, for: .seconds(10))))).isEmpty)
    let long = Span.milliseconds(10_001)
    let actions = bench.handle(.beat(beat(one, 3, underWay: busy(7, for: long))))
    #expect(actions.losses.map(\.cause) == [.stuck(PartitionID(7), long)])
    #expect(actions.orders == [.evict(one, suspect: Suspect(PartitionID(7), isOverTime: true))])
    #expect(actions.killed == [one.node])
    #expect(actions.rosters.last?.members.map(\.node) == [two])
    // Its process goes on for a moment, and starts anew.
    #expect(bench.handle(.beat(beat(worker(1, start: 2), 1))).isEmpty)
    let exit = bench.handle(.childExited(one.node, killed))
    #expect(exit.reports.isEmpty, "its loss was told")
    #expect(bench.wait(until: bench.now + .milliseconds(100)).started == [one.node])
    bench.handle(.childStarted(one.node, name: "node-1"))
    bench.handle(.beat(beat(worker(1, start: 3), 1)))
    #expect(bench.machine.liveWorkers == 2)
  }

  @Test func aWorkerElsewhereThatIsStuckIsNotLetInBeforeItIsDone() {
    var bench = bench(onlyChildren: false)
    bench.handle(.beat(beat(one, 1)))
    let lost = bench.handle(.beat(beat(one, 2, underWay: busy(7, for: .seconds(11)))))
    #expect(lost.killed.isEmpty && lost.losses.count == 1)
    let next = worker(1, start: 2)
    #expect(bench.handle(.beat(beat(next, 1, underWay: busy(7, for: .seconds(20))))).isEmpty)
    bench.handle(.beat(beat(next, 2)))
    #expect(bench.machine.members.map(\.node) == [next])
  }

  @Test func withoutATimeoutNobodyIsStuck() {
    var bench = SupervisorBench()
    bench.start(one)
    #expect(bench.handle(.beat(beat(one, 2, underWay: busy(7, for: .seconds(86_400))))).isEmpty)
  }

  @Test func aWorkerThatAVentilatorGaveUpIsOffTheRoster() {
    var bench = bench()
    bench.start(one, two)
    let eviction = Beat.Eviction(worker: one, requeued: 2, suspect: nil)
    let event = Supervisor.Event.beat(
      beat(worker(50), 1, roles: .ventilator, evictions: [eviction]))
    let actions = bench.handle(event)
    #expect(actions.losses.map(\.cause) == [.evicted])
    #expect(actions.rosters.last?.members.map(\.node) == [two, worker(50)])
    #expect(bench.handle(.beat(beat(one, 9))).isEmpty, "void")
    bench.handle(.beat(beat(worker(1, start: 2), 1)))
    #expect(bench.machine.liveWorkers == 2)
    let again = bench.handle(
      .beat(beat(worker(50), 2, roles: .ventilator, evictions: [eviction])))
    #expect(again.isEmpty && bench.machine.liveWorkers == 2)
  }

  @Test func onlyAVentilatorsWordEvicts() {
    var bench = bench()
    bench.start(one, two)
    let eviction = Beat.Eviction(worker: one, requeued: 2, suspect: nil)
    #expect(bench.handle(.beat(beat(two, 2, evictions: [eviction]))).isEmpty)
    #expect(bench.machine.liveWorkers == 2)
  }

  @Test func aStoppedChildIsNoticedInLessThanFourBeatsAndReplaced() {
    var bench = bench()
    bench.start(one)
    let lost = bench.wait(until: at(999))
    #expect(lost.losses.map(\.cause) == [.missedBeats(3)])
    #expect(bench.wait(until: at(5700)).killed.isEmpty)
    #expect(bench.wait(until: at(5800)).killed == [one.node])
    #expect(bench.wait(until: at(9000)).killed.isEmpty, "once")
    #expect(bench.handle(.childExited(one.node, killed)).reports.isEmpty)
    #expect(bench.wait(until: at(9100)).started == [one.node])
  }

  @Test func aChildThatNeverSaidAnythingIsReplaced() {
    var bench = bench()
    bench.handle(.childStarted(one.node, name: "node-1"))
    let early = bench.now + Supervisor.longestStart
    #expect(bench.wait(until: Instant(nanoseconds: early.nanoseconds - 1)).killed.isEmpty)
    #expect(bench.wait(until: early + .milliseconds(1)).killed == [one.node])
  }

  @Test func aChildThatComesBackIsNotReplaced() {
    var bench = bench()
    bench.start(one)
    bench.wait(until: at(2000))
    var actions: [Supervisor.Action] = []
    for sequence in 1...50 as ClosedRange<UInt64> {
      actions += bench.handle(.beat(beat(worker(1, start: 2), sequence)))
      actions += bench.wait(until: bench.now + .milliseconds(250))
    }
    #expect(actions.killed.isEmpty && bench.machine.liveWorkers == 1)
  }

  @Test func whoIsNoChildIsNotKilled() {
    var bench = bench(onlyChildren: false)
    bench.handle(.beat(beat(one, 1)))
    let actions = bench.wait(until: at(20_000))
    #expect(actions.losses.count == 1 && actions.killed.isEmpty)
  }

  @Test func nobodyIsKilledAfterTheEnd() {
    var bench = bench()
    bench.start(one)
    bench.wait(until: at(2000))
    bench.handle(.cancel(.disk))
    #expect(bench.wait(until: at(9000)).killed.isEmpty)
  }

  @Test(arguments: [Roles.sink, .ventilator, .supervisor])
  func aRoleThatWasSilentMayComeBackAsItWas(_ roles: Roles) {
    var bench = bench()
    let node = worker(60)
    bench.handle(.beat(beat(node, 1, roles: roles)))
    #expect(bench.wait(until: at(2000)).losses.count == 1)
    #expect(bench.handle(.beat(beat(node, 1, roles: roles))).isEmpty, "a late beat")
    #expect(bench.machine.members.isEmpty)
    bench.handle(.beat(beat(node, 2, roles: roles)))
    #expect(bench.machine.members.map(\.node) == [node], "nobody took its place")
    bench.wait(until: at(4000))
    let next = worker(60, start: 2)
    bench.handle(.beat(beat(next, 1, roles: roles)))
    #expect(bench.handle(.beat(beat(node, 3, roles: roles))).isEmpty, "now another has")
    #expect(bench.machine.members.map(\.node) == [next])
  }

  @Test func whatAWorkerHoldsComesWithTheNextRoster() {
    var bench = bench()
    bench.start(one)
    #expect(bench.handle(.beat(beat(one, 2, held: 12))).isEmpty, "not at once")
    #expect(bench.wait(until: bench.now + .milliseconds(260)).rosters.last?.members[0].held == 12)
  }
}
