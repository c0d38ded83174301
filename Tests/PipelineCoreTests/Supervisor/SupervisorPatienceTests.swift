import PipelineCore
import Testing

@Suite("Supervisor: what nobody is there to do")
struct SupervisorPatienceTests {
  private static let all: [(NodeIncarnation, Roles)] = [
    (worker(1), .worker), (worker(50), .ventilator), (worker(60), .sink),
  ]

  /// Lives for `seconds`, or until the run ends, with those beating that `isThere` names.
  private func live(
    _ bench: inout SupervisorBench, seconds: Int64,
    _ isThere: (Roles, Instant) -> Bool
  ) -> [Supervisor.Action] {
    var actions: [Supervisor.Action] = []
    let end = bench.now + .seconds(seconds)
    var sequence = UInt64(bench.now.nanoseconds / 1_000_000)
    while bench.now < end, bench.machine.outcome == nil {
      sequence += 1
      for (node, roles) in Self.all where isThere(roles, bench.now) {
        actions += bench.handle(.beat(beat(node, sequence, roles: roles)))
      }
      actions += bench.wait(until: bench.now + .milliseconds(250))
    }
    return actions
  }

  private func bench() -> SupervisorBench {
    SupervisorBench(Supervisor.Configuration(patience: .seconds(10), onlyChildren: false))
  }

  @Test func workersThatNobodyCanReachDoNotCount() {
    var bench = bench()
    var sequence: UInt64 = 0
    while bench.machine.outcome == nil, bench.now < at(20_000) {
      sequence += 1
      for (node, roles) in Self.all {
        var told = beat(node, sequence, roles: roles)
        if roles == .ventilator { told.unreachable = [worker(1)] }
        bench.handle(.beat(told))
      }
      bench.wait(until: bench.now + .milliseconds(250))
    }
    #expect(bench.now > at(10_000) && bench.now <= at(10_500))
    guard case .failed(let failure) = bench.machine.outcome else {
      Issue.record("\(String(describing: bench.machine.outcome))")
      return
    }
    #expect(failure.message.contains("node-1, for one, advertises lane"))
  }

  @Test func workThatWaitsForWorkersIsReportedAndFailsAfterPatience() {
    var bench = bench()
    let actions = live(&bench, seconds: 20) { roles, _ in roles != .worker }
    let waits = actions.reports.count { if case .waiting = $0 { true } else { false } }
    #expect(waits >= 1 && waits <= 5, "said, and not again and again")
    #expect(actions.failure?.message.contains("no worker has been alive") == true)
    #expect(bench.now > at(10_000) && bench.now <= at(10_500))
  }

  @Test(arguments: [Roles.ventilator, .sink])
  func theRoleThatIsMissingForTooLongIsNamed(_ missing: Roles) {
    var bench = bench()
    let actions = live(&bench, seconds: 20) { roles, now in roles != missing || now < at(5000) }
    let name = missing == .sink ? "no sink" : "no ventilator"
    #expect(actions.failure?.message.contains(name) == true)
    #expect(actions.failure?.message.contains("patience") == true)
    #expect(bench.now > at(15_000) && bench.now < at(17_000), "counted from its loss")
  }

  @Test func whoComesInTimeEndsTheWait() {
    var bench = bench()
    let actions = live(&bench, seconds: 40) { roles, now in
      // The sink and the ventilator fall silent once more, and not for too long.
      now > at(9000) && (roles == .worker || !(at(15_000)...at(24_000)).contains(now))
    }
    #expect(actions.failure == nil)
  }

  @Test func onlyTheSinkIsMissedWhenAllIsStored() {
    var bench = bench()
    bench.handle(
      .beat(beat(worker(50), 1, roles: .ventilator, phase: .exhausted(partitions: 3))))
    bench.handle(.stored(bitmap(0..<3), by: worker(60)))
    let actions = live(&bench, seconds: 60) { roles, now in roles == .sink && now < at(30_000) }
    #expect(actions.failure?.message.contains("no sink") == true)
    #expect(bench.now > at(40_000) && bench.now < at(42_000))
    #expect(!actions.reports.contains { if case .waiting = $0 { true } else { false } })
  }

  @Test func ownSleepIsNoWaiting() {
    var bench = bench()
    bench.wait(until: at(2000))
    bench.now = at(3_600_000)
    #expect(bench.handle(.tick).ending == nil)
    let actions = live(&bench, seconds: 20) { _, _ in false }
    #expect(actions.failure != nil)
    #expect(bench.now > at(3_607_000) && bench.now < at(3_609_000), "the count goes on")
  }
}

extension [Supervisor.Action] {
  fileprivate var failure: Failure? {
    if case .failed(let failure) = ending { failure } else { nil }
  }
}
