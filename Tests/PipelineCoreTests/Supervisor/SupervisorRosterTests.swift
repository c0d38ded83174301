import PipelineCore
import Testing

@Suite("Supervisor: how often rosters go out")
struct SupervisorRosterTests {
  /// Rosters tell of 128 members in an interval of 250 ms, and of up to 2 members at once.
  static let limit = 128
  static let prompt = limit / Supervisor.promptShare

  /// A supervisor whose roster of so many workers has just gone out; more may join.
  private func crowd(_ count: Int) -> SupervisorBench {
    var bench = SupervisorBench(
      Supervisor.Configuration(onlyChildren: false, rosterMembers: Self.limit))
    for number in 0..<count { bench.handle(.beat(beat(member(number), 1))) }
    bench.wait(until: at(200))
    while bench.handle(.tick).rosters.isEmpty { bench.now = bench.machine.nextTick }
    return bench
  }

  private func member(_ number: Int) -> NodeIncarnation { worker(UInt64(number + 1)) }

  @Test func aFewAreToldOfAtOnce() {
    var bench = crowd(0)
    for number in 0..<Self.prompt {
      #expect(bench.handle(.beat(beat(member(number), 1, joined: false))).rosters.count == 1)
      #expect(bench.handle(.beat(beat(member(number), 2, joined: false))).rosters.count == 1)
    }
    #expect(bench.machine.rosterGap == Span(nanoseconds: 0))
  }

  @Test func theStandardIsPromptUpToAHundredAndFifty() {
    #expect(Supervisor.Configuration().rosterMembers / Supervisor.promptShare >= 150)
  }

  @Test func whoJoinsAmongManyIsToldOfTogether() {
    var bench = crowd(64)
    let last = bench.now
    for number in 64..<84 {
      bench.now = bench.now + .milliseconds(5)
      let actions = bench.handle(.beat(beat(member(number), 1, joined: false)))
      #expect(actions.rosters.count == 0)
    }
    #expect(bench.machine.nextTick <= last + bench.machine.rosterGap)
    let rosters = bench.wait(until: last + .milliseconds(170)).rosters
    #expect(rosters.map(\.members.count) == [84])
  }

  @Test func whatComesLongAfterTheLastRosterWaitsForNothing() {
    var bench = crowd(64)
    bench.now = bench.now + .milliseconds(130)
    #expect(bench.handle(.beat(beat(member(64), 1))).rosters.count == 1)
  }

  @Test(arguments: [3, 20, 64, 128, 150])
  func noMoreMembersAreToldOfInAnIntervalThanTheLimitSays(_ count: Int) {
    var bench = crowd(count)
    var told = 0
    for sequence in 2...5 as ClosedRange<UInt64> {
      for number in 0..<count {
        bench.now = bench.now + Span(nanoseconds: 250_000_000 / Int64(count))
        let next = beat(member(number), sequence, joined: false)
        told += (bench.handle(.beat(next)) + bench.handle(.tick)).rosters.count * count
      }
    }
    // One more may stand at the end.
    #expect(told <= 4 * max(Self.limit, count) + count && told >= 3 * count)
  }

  @Test(arguments: [2, 100])
  func allThatFallSilentAtOnceAreToldOfTogether(_ count: Int) throws {
    var bench = crowd(count)
    bench.handle(.beat(beat(worker(1000), 1, interval: .seconds(60))))
    var actions: [Supervisor.Action] = []
    while actions.losses.isEmpty {
      bench.now = try #require(bench.now < at(5000) ? bench.machine.nextTick : nil)
      actions = bench.handle(.tick)
    }
    #expect(actions.losses.count == count && actions.orders.count == count)
    #expect(actions.rosters.map(\.members.count) == [1])
  }

  @Test func theEndIsToldAtOnce() {
    var bench = crowd(64)
    let actions = bench.handle(.cancel(.disk))
    #expect(actions.rosters.map(\.run.phase) == [.abandoned])
  }

  @Test func theTotalIsToldAtOnce() {
    var bench = crowd(64)
    let actions = bench.handle(
      .beat(beat(worker(1000), 1, roles: .ventilator, phase: .exhausted(partitions: 12))))
    #expect(actions.rosters.map(\.run.total) == [12])
  }
}
