import PipelineCore
import Testing

@Suite("Supervisor: runs, and who takes part in them")
struct SupervisorRunTests {
  let one = worker(1)
  let ventilator = worker(50)

  @Test func nodesOfOtherRunsAreNotListed() {
    var bench = SupervisorBench()
    #expect(bench.handle(.beat(beat(one, 1, run: RunID(rawValue: 8)))).isEmpty)
    let actions = bench.handle(.beat(beat(one, 2, run: .none)))
    #expect(actions.rosters.count == 1 && actions.count == 1, "it may not know of the run")
    #expect(bench.machine.members.isEmpty)
    #expect(bench.handle(.beat(beat(one, 3))).rosters.last?.members.map(\.node) == [one])
  }

  @Test func aBeatOfAnotherRunChangesNothing() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 1)))
    let failed = Beat.Phase.failed(.disk)
    let other = beat(
      worker(1, start: 2), 1, roles: [.ventilator, .sink], phase: failed,
      evictions: [Beat.Eviction(worker: one, requeued: 1, suspect: nil)], quarantined: [1],
      run: RunID(rawValue: 8))
    #expect(bench.handle(.beat(other)).isEmpty)
    #expect(bench.machine.members.map(\.node) == [one] && bench.machine.outcome == nil)
    #expect(
      bench.wait(until: at(1000)).losses.map(\.cause) == [.missedBeats(3)],
      "nor is it a beat of one")
  }

  @Test func anIdleSupervisorListsThoseThatWait() {
    var bench = SupervisorBench(run: .none)
    bench.handle(.beat(beat(worker(2), 1)))
    let actions = bench.handle(.beat(beat(one, 1, run: .none)))
    #expect(actions.rosters.last?.run == Roster.RunState(id: .none, phase: .idle, total: nil))
    #expect(actions.rosters.last?.members.map(\.node) == [one])
    #expect(actions.reports == [.joined(one, name: "node-1", roles: .worker)])
    let lost = bench.wait(until: at(1000))
    #expect(lost.losses.map(\.node) == [one] && lost.orders.isEmpty)
  }

  @Test func anIdleSupervisorHasNoPatienceAndNoOutcome() {
    var bench = SupervisorBench(run: .none)
    #expect(
      bench.wait(until: at(120_000)).allSatisfy { if case .publish = $0 { true } else { false } })
    for phase in [
      Beat.Phase.failed(.disk), .finished(rows: 1, bytes: 1), .exhausted(partitions: 1),
    ] {
      bench.handle(
        .beat(
          beat(
            worker(50, start: UInt64(bench.now.nanoseconds)), 1, roles: [.ventilator, .sink],
            phase: phase, run: .none)))
      bench.now = bench.now + .milliseconds(1)
    }
    bench.handle(.cancel(.disk))
    #expect(bench.machine.outcome == nil && bench.machine.total == nil)
  }

  @Test func whoSaysThatItHasLeftIsReleased() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 1)))
    let actions = bench.handle(.beat(beat(one, 2, phase: .left)))
    #expect(actions.orders == [.release(one)])
    #expect(actions.losses.map(\.cause) == [.left])
    #expect(actions.rosters.last?.members.isEmpty == true)
    #expect(bench.handle(.beat(beat(one, 3))).isEmpty, "it does not come back as it was")
    bench.handle(.beat(beat(worker(1, start: 2), 1)))
    #expect(bench.machine.members.map(\.node) == [worker(1, start: 2)])
  }

  @Test func whoLeavesUnheardIsNotListedLater() {
    var bench = SupervisorBench()
    #expect(bench.handle(.beat(beat(one, 2, phase: .left))).isEmpty)
    #expect(bench.handle(.beat(beat(one, 3))).isEmpty)
    bench.handle(.beat(beat(ventilator, 1, roles: .ventilator)))
    bench.wait(until: at(1000))
    #expect(bench.handle(.beat(beat(ventilator, 2, roles: .ventilator, phase: .left))).isEmpty)
    #expect(bench.handle(.beat(beat(ventilator, 3, roles: .ventilator))).isEmpty)
  }

  @Test func aRoleThatLeavesIsOffTheRosterWithoutAnOrder() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(ventilator, 1, roles: .ventilator)))
    let actions = bench.handle(.beat(beat(ventilator, 2, roles: .ventilator, phase: .left)))
    #expect(actions.orders.isEmpty && actions.losses.map(\.cause) == [.left])
  }

  @Test func whoIsDrainingIsListedSoAtOnce() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 1)))
    var next = beat(one, 2)
    next.isDraining = true
    #expect(bench.handle(.beat(next)).rosters.last?.members.first?.isDraining == true)
  }

  @Test func aNodeWithoutAKeyIsShutOutAndItsWorkChargedToNobody() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 1)))
    let actions = bench.handle(.revoked(one))
    #expect(actions.orders == [.release(one)])
    #expect(actions.losses.map(\.cause) == [.revoked])
    #expect(bench.handle(.beat(beat(one, 2))).isEmpty)
    #expect(bench.handle(.revoked(one)).isEmpty)
    #expect(bench.handle(.revoked(worker(9))).isEmpty)
  }

  @Test func aWorkerOutOfReachIsReportedOnce() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 1)))
    var told = beat(ventilator, 1, roles: .ventilator)
    told.unreachable = [one, worker(9)]
    #expect(
      bench.handle(.beat(told)).reports.contains(
        .unreachable(one, name: "node-1", endpoint: "lane", origin: "")))
    told.sequence = 2
    #expect(bench.handle(.beat(told)).reports.isEmpty)
    var stranger = beat(worker(2), 1)
    stranger.unreachable = [one]
    #expect(bench.handle(.beat(stranger)).reports.count == 1, "only a ventilator's word counts")
  }

  @Test func aProcessThatIsStartedInPlaceOfADeadOneIsNotAccused() {
    var bench = SupervisorBench()
    let (old, new) = (worker(50), worker(50, start: 2))
    bench.handle(.beat(beat(old, 1, roles: .ventilator)))
    var second = beat(new, 1, roles: .ventilator)
    second.processID = 43
    bench.now = at(100)
    #expect(bench.handle(.beat(second)).reports.isEmpty)
    bench.now = at(600)
    second.sequence = 2
    let reports = bench.handle(.beat(second)).reports
    #expect(reports.count == 2, "the old one is lost, the new one joins")
    #expect(bench.machine.members.map(\.node) == [new])
  }

  @Test func twoThatBothAreAliveAndUseOneIDAreTold() {
    var bench = SupervisorBench()
    let (old, new) = (worker(50), worker(50, start: 2))
    bench.handle(.beat(beat(old, 1, roles: .ventilator)))
    var second = beat(new, 1, roles: .ventilator)
    second.processID = 43
    bench.handle(.beat(second))
    let taken = RunEvent.idTaken(
      NodeID(rawValue: 50), name: "node-50", processID: 43, holder: "node-50", holderProcessID: 42)
    #expect(bench.handle(.beat(beat(old, 2, roles: .ventilator))).reports == [taken])
    second.sequence = 2
    bench.handle(.beat(second))
    #expect(bench.handle(.beat(beat(old, 3, roles: .ventilator))).reports.isEmpty, "once")
    #expect(bench.machine.members.map(\.node) == [old])
  }
}
