import PipelineCore
import Testing

@Suite("Supervisor: members")
struct SupervisorTests {
  let one = worker(1)
  let two = worker(2)
  let killed = ExitCause(status: .signal(9), lastLines: [])

  @Test func aNodeThatBeatsIsOnTheRosterAtOnce() {
    var bench = SupervisorBench()
    let actions = bench.handle(.beat(beat(one, 1, joined: false)))
    #expect(
      actions.reports == [.joined(one, name: "node-1", roles: .worker)])
    #expect(actions.rosters.last?.members.map(\.node) == [one])
    #expect(bench.machine.liveWorkers == 1)
  }

  @Test func whoHasNotSeenItselfIsToldAgain() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 1, joined: false)))
    #expect(bench.handle(.beat(beat(one, 2, joined: false))).rosters.count == 1)
    #expect(bench.handle(.beat(beat(one, 3, joined: true))).isEmpty)
  }

  @Test func theRosterIsRepeatedEachInterval() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 1)))
    var sequences: [UInt64] = []
    for sequence in 2...6 as ClosedRange<UInt64> {
      bench.now = bench.now + .milliseconds(250)
      bench.handle(.beat(beat(one, sequence)))
      sequences += bench.handle(.tick).rosters.map(\.sequence)
    }
    #expect(sequences.count == 5)
    #expect(sequences == sequences.sorted() && Set(sequences).count == 5)
  }

  @Test func publishingOftenDoesNotPutTheNextCheckOff() {
    var bench = SupervisorBench()
    bench.handle(.tick)
    for sequence in 1...50 as ClosedRange<UInt64> {
      bench.now = bench.now + .milliseconds(100)
      bench.handle(.beat(beat(one, sequence, joined: false)))
    }
    #expect(bench.machine.nextTick <= at(250))
  }

  @Test func aChildThatExitsIsEvictedAtOnce() {
    var bench = SupervisorBench()
    bench.start(one, two)
    bench.now = bench.now + .milliseconds(40)
    let actions = bench.handle(.childExited(one.node, killed))
    #expect(actions.orders == [.evict(one)])
    #expect(actions.losses.map(\.cause) == [.exited(killed)])
    #expect(actions.losses.map(\.silence) == [.milliseconds(40)])
    #expect(actions.losses.map(\.processID) == [42])
    #expect(actions.rosters.last?.members.map(\.node) == [two])
    #expect(bench.machine.outcome == nil, "another worker is left")
  }

  @Test func whatAChildDiedAtIsSuspected() {
    var bench = SupervisorBench()
    bench.start(one, two)
    let partition = PartitionID(stage: 1, index: 500)
    let exit = ExitCause(status: .signal(11), lastLines: [], underWay: partition)
    let actions = bench.handle(.childExited(one.node, exit))
    #expect(actions.orders == [.evict(one, suspect: Suspect(partition, isOverTime: false))])
    #expect(actions.losses.map(\.cause) == [.exited(exit)])
  }

  @Test func threeMissedBeatsEvict() {
    var bench = SupervisorBench()
    bench.start(one, two)
    var evicted: Instant?
    for sequence in 2...9 as ClosedRange<UInt64> where evicted == nil {
      bench.now = bench.now + .milliseconds(251)
      bench.handle(.beat(beat(two, sequence)))
      let actions = bench.handle(.tick)
      guard actions.orders == [.evict(one)] else { continue }
      evicted = bench.now
      #expect(actions.losses.map(\.cause) == [.missedBeats(3)])
    }
    #expect(evicted.map { $0 > at(750) && $0 <= at(1300) } == true)
    #expect(bench.machine.members.map(\.node) == [two])
  }

  @Test func ownSleepIsNotHeldAgainstTheNodes() {
    var bench = SupervisorBench()
    bench.start(one, two)
    bench.now = at(60_000)
    #expect(bench.handle(.tick).orders.isEmpty)
    #expect(bench.machine.liveWorkers == 2)
  }

  @Test func aVoidIncarnationDoesNotComeBackAndItsNextOneDoes() {
    var bench = SupervisorBench()
    bench.start(one, two)
    bench.handle(.childExited(one.node, killed))
    #expect(bench.handle(.beat(beat(one, 99))).isEmpty)
    #expect(bench.machine.members.map(\.node) == [two])
    let next = worker(1, start: 2)
    bench.handle(.beat(beat(next, 1)))
    #expect(bench.machine.members.map(\.node) == [next, two])
  }

  @Test func aNodeThatStartedAgainIsReplacedAndItsLeasesRequeued() {
    var bench = SupervisorBench()
    bench.start(one, two)
    let next = worker(1, start: 2)
    let actions = bench.handle(.beat(beat(next, 1, joined: false)))
    #expect(actions.orders == [.evict(one)])
    #expect(actions.losses.map(\.cause) == [.replaced])
    #expect(actions.rosters.last?.members.map(\.node) == [next, two])
    #expect(bench.handle(.beat(beat(one, 50))).isEmpty, "a late beat of the old one")
  }

  @Test func aSecondProcessWithTheIdOfALiveOneIsRefusedOnce() {
    var bench = SupervisorBench()
    bench.start(one, two)
    var stranger = beat(worker(1, start: 2), 1, joined: false)
    stranger.processID = 4711
    let first = bench.handle(.beat(stranger))
    #expect(first.isEmpty, "the holder may have died a moment ago")
    stranger.sequence = 2
    #expect(bench.handle(.beat(stranger)).isEmpty)
    #expect(bench.machine.members.map(\.node) == [one, two])
    bench.now = bench.now + stranger.interval * 2
    stranger.sequence = 3
    #expect(bench.handle(.beat(stranger)).orders == [.evict(one)], "the holder fell silent")
    #expect(bench.machine.members.map(\.node) == [worker(1, start: 2), two])
  }

  @Test func aBeatFromThePastChangesNothing() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(one, 5)))
    let late = bench.handle(.beat(beat(one, 4, phase: .failed(.disk))))
    #expect(late.isEmpty)
    #expect(bench.machine.outcome == nil)
    #expect(bench.machine.lateBeats == 1)
  }

  @Test func membersStandInOrderOfId() {
    var bench = SupervisorBench()
    for number in [UInt64(5), 1, 9, 3] { bench.handle(.beat(beat(worker(number), 1))) }
    #expect(bench.machine.members.map(\.node.node.rawValue) == [1, 3, 5, 9])
  }

  @Test func whatAVentilatorTookBackIsReportedOnce() {
    var bench = SupervisorBench()
    bench.start(one, two)
    bench.handle(.childExited(one.node, killed))
    let eviction = Beat.Eviction(worker: one, requeued: 3, suspect: PartitionID(8))
    let ventilator = worker(50)
    let first = bench.handle(
      .beat(beat(ventilator, 1, roles: .ventilator, evictions: [eviction])))
    #expect(
      first.reports.contains(
        .requeued(worker: one, name: "node-1", count: 3, suspect: PartitionID(8))))
    let second = bench.handle(
      .beat(beat(ventilator, 2, roles: .ventilator, evictions: [eviction])))
    #expect(second.reports.isEmpty)
  }

  @Test func whatIsTakenBackAfterTheEndIsNotReported() {
    var bench = SupervisorBench()
    bench.start(one)
    bench.handle(.cancel(.disk))
    let eviction = Beat.Eviction(worker: one, requeued: 0, suspect: nil)
    let actions = bench.handle(
      .beat(beat(worker(50), 1, roles: .ventilator, evictions: [eviction])))
    #expect(!actions.reports.contains { if case .requeued = $0 { true } else { false } })
  }

  @Test func theLatestBeatOfARoleIsTheLowestIds() {
    var bench = SupervisorBench()
    bench.handle(.beat(beat(worker(4), 1)))
    bench.handle(.beat(beat(worker(2), 7, roles: [.worker, .sink])))
    #expect(bench.machine.latestBeat(of: .sink)?.sequence == 7)
    #expect(bench.machine.latestBeat(of: [.worker, .sink])?.sender == worker(2))
    #expect(bench.machine.latestBeat(of: .ventilator) == nil)
  }

  @Test func noneOfThousandsThatAreLostAtOnceComesBack() throws {
    let configuration = Supervisor.Configuration(onlyChildren: false)
    var machine = Supervisor(
      identity: worker(100_000), run: .test, configuration: configuration, at: at(0))
    var actions = Actions<Supervisor.Action>()
    for number in 0..<5000 {
      machine.handle(.beat(beat(worker(UInt64(number + 1)), 1)), at: at(0), into: &actions)
    }
    while machine.liveWorkers > 0 {
      let next = try #require(machine.nextTick < at(5000) ? machine.nextTick : nil)
      machine.handle(.tick, at: next, into: &actions)
    }
    for number in 0..<5000 {
      machine.handle(.beat(beat(worker(UInt64(number + 1)), 2)), at: at(5000), into: &actions)
    }
    #expect(machine.members.isEmpty)
    machine.checkInvariants()
  }
}
