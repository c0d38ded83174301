import PipelineCore
import Testing

@Suite("Ventilator: rosters")
struct VentilatorRosterTests {
  let one = worker(1)
  let two = worker(2)
  let sizes = Array(repeating: 1, count: 20)

  @Test func anEvictedWorkerThatIsListedAgainIsTold() {
    var bench = VentilatorBench(sizes: [1, 1])
    bench.evict(worker(1))
    #expect(bench.machine.evictions.isEmpty, "it had no lane yet")
    #expect(bench.open(worker(1)).allSatisfy { if case .openLane = $0 { false } else { true } })
    #expect(bench.machine.evictions.map(\.worker) == [worker(1)], "so that it starts anew")
  }

  @Test func aListedWorkerGetsALaneAndWorkAtOnce() {
    var bench = VentilatorBench(sizes: sizes)
    let actions = bench.open(one)
    #expect(actions.first == .openLane(one, endpoint: "lane-\(one.node)"))
    #expect(actions.sent == [0, 1])
    #expect(bench.publish().opened.isEmpty, "a lane is opened once")
  }

  @Test func aWorkerWithoutAnEndpointGetsNoLane() {
    var bench = VentilatorBench(sizes: sizes)
    var roster = bench.nextRoster()
    roster.members.append(
      Roster.Member(node: one, roles: .worker, name: "worker", endpoints: .init()))
    #expect(bench.handle(.roster(roster)).isEmpty)
  }

  @Test func whoLeavesTheRosterIsEvictedShouldNoOrderSayWhy() {
    var bench = VentilatorBench(sizes: sizes, workers: [one, two])
    bench.listed = [two]
    #expect(bench.publish().closed.isEmpty, "the order may be on its way")
    #expect(bench.publish(intervals: 1).closed == [one])
    #expect(bench.machine.evictions.map(\.worker) == [one])
    bench.finish()
    #expect(bench.machine.isDone)
  }

  @Test func aNewSupervisorMayTakeEightIntervalsToHearAWorker() {
    var bench = VentilatorBench(sizes: sizes, workers: [one])
    bench.now = bench.now + .seconds(30)
    bench.supervisor = worker(1000, start: 2)
    bench.listed = []
    bench.held = [:]
    #expect(bench.publish().isEmpty)
    #expect(bench.publish(intervals: 7).closed.isEmpty)
    #expect(bench.publish(intervals: 1).closed == [one])
  }

  @Test func aWorkerThatANewSupervisorHearsInTimeKeepsItsLane() {
    var bench = VentilatorBench(sizes: sizes, workers: [one])
    bench.supervisor = worker(1000, start: 2)
    bench.listed = []
    bench.publish(intervals: 6)
    bench.listed = [one]
    let actions = bench.publish(intervals: 20)
    #expect(actions.opened.isEmpty && actions.closed.isEmpty)
    bench.listed = []
    bench.publish()
    #expect(bench.publish(intervals: 1).closed == [one], "this supervisor has listed it")
  }

  @Test func rostersOfThePastAreIgnored() {
    var bench = VentilatorBench(sizes: sizes)
    let past = bench.nextRoster()
    bench.open(one)
    #expect(bench.handle(.roster(past)).isEmpty)
    bench.supervisor = worker(1000, start: 2)
    bench.publish()
    bench.supervisor = worker(1000)
    bench.listed = []
    #expect(bench.publish().isEmpty, "its supervisor was followed by another")
  }

  @Test(arguments: [Roster.RunPhase.finished, .abandoned])
  func aRunThatIsOverIsLeftOnce(_ phase: Roster.RunPhase) {
    var bench = VentilatorBench(sizes: sizes, workers: [one])
    let sent = bench.outstanding
    #expect(bench.publish(phase: phase) == [.leave])
    #expect(bench.publish(phase: phase).isEmpty)
    #expect(bench.answer(sent).isEmpty && bench.publish().isEmpty)
    #expect(bench.machine.nextTick == nil)
  }

  @Test func aCancelledRunIsLeftToo() {
    var bench = VentilatorBench(sizes: sizes, workers: [one])
    bench.order(.cancel)
    #expect(bench.publish().isEmpty)
    #expect(bench.publish(phase: .abandoned) == [.leave])
  }

  @Test func itHasJoinedWhenItSeesItself() {
    var bench = VentilatorBench(sizes: sizes)
    #expect(!bench.machine.isJoined)
    var without = bench.nextRoster()
    without.members.removeAll { $0.roles.contains(.ventilator) }
    bench.handle(.roster(without))
    #expect(!bench.machine.isJoined)
    bench.publish()
    #expect(bench.machine.isJoined)
  }

  @Test func aNewIncarnationOfAWorkerHasALaneOfItsOwn() {
    var bench = VentilatorBench(sizes: sizes, workers: [one])
    bench.listed = [worker(1, start: 2)]
    #expect(bench.publish().opened == [worker(1, start: 2)])
    #expect(bench.publish(intervals: 1).closed == [one])
    bench.finish()
    #expect(bench.machine.isDone)
  }
}
