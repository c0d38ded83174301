import PipelineCore
import Testing

@Suite("Supervisor: how a run ends")
struct SupervisorEndTests {
  let one = worker(1)
  let two = worker(2)
  let sink = worker(60)
  let killed = ExitCause(status: .signal(9), lastLines: [])

  @Test func theSinksOutputEndsTheRun() {
    var bench = SupervisorBench()
    bench.start(one)
    let actions = bench.handle(
      .beat(beat(sink, 1, roles: .sink, phase: .finished(rows: 5, bytes: 50))))
    #expect(actions.last == .ended(.finished(rows: 5, bytes: 50)))
    #expect(actions.rosters.last?.run.phase == .finished)
    #expect(actions.orders.isEmpty)
    bench.now = bench.now + .milliseconds(250)
    #expect(bench.handle(.tick).rosters.map(\.run.phase) == [.finished], "repeated for the late")
  }

  @Test func aFailedRoleEndsTheRunOnce() {
    var bench = SupervisorBench()
    bench.start(one)
    let actions = bench.handle(
      .beat(beat(worker(50), 1, roles: .ventilator, phase: .failed(.disk))))
    #expect(actions.orders == [.cancel])
    #expect(actions.last == .ended(.failed(.disk)))
    #expect(actions.rosters.last?.run.phase == .abandoned)
    let later = bench.handle(.cancel(Failure(.operating, "interrupted")))
    #expect(later.isEmpty)
    #expect(bench.machine.outcome == .failed(.disk))
  }

  @Test func theUserMayEndTheRun() {
    var bench = SupervisorBench()
    bench.start(one)
    let interrupted = Failure(.operating, "interrupted")
    let actions = bench.handle(.cancel(interrupted))
    #expect(actions.orders == [.cancel])
    #expect(actions.last == .ended(.failed(interrupted)))
  }

  @Test func allChildrenGoneFailsTheRunWithTheReasonOfEach() throws {
    var bench = SupervisorBench()
    bench.handle(.childStarted(one.node, name: "worker-1"))
    bench.handle(.childStarted(two.node, name: "worker-2"))
    bench.handle(.beat(beat(one, 1)))
    bench.handle(.childExited(one.node, killed))
    #expect(bench.machine.outcome == nil)
    let cause = ExitCause(status: .notStarted("no such file"), lastLines: ["a", "b"])
    let actions = bench.handle(.childExited(two.node, cause))
    #expect(
      actions.reports == [.neverJoined(node: two.node, name: "worker-2", cause)])
    guard case .failed(let failure) = bench.machine.outcome else {
      Issue.record("the run goes on with nobody")
      return
    }
    #expect(failure.message.contains("worker-1 killed by signal 9 (SIGKILL)"))
    #expect(failure.message.contains("worker-2 could not be started: no such file"))
    #expect(failure.message.contains("its last line: b"))
  }

  @Test func aChildThatStartsAgainKeepsTheRunAlive() {
    var bench = SupervisorBench()
    bench.handle(.childStarted(one.node, name: "worker-1"))
    bench.handle(.childStarted(two.node, name: "worker-2"))
    bench.handle(.childExited(one.node, killed))
    bench.handle(.childStarted(one.node, name: "worker-1"))
    bench.handle(.childExited(two.node, killed))
    #expect(bench.machine.outcome == nil)
  }

  @Test func workersFromElsewhereMayStillCome() {
    var bench = SupervisorBench(Supervisor.Configuration(onlyChildren: false))
    bench.handle(.childStarted(one.node, name: "worker-1"))
    bench.handle(.childExited(one.node, killed))
    #expect(bench.machine.outcome == nil)
  }

  @Test func workersThatDieWhenAllIsStoredDoNotFailTheRun() {
    var bench = SupervisorBench()
    bench.handle(.childStarted(one.node, name: "worker-1"))
    bench.handle(.beat(beat(one, 1)))
    bench.handle(.beat(beat(worker(50), 1, roles: .ventilator, phase: .exhausted(partitions: 1))))
    bench.receive(
      Receipt(partition: PartitionID(0), attempt: 1, worker: one, outcome: .stored(digest: 3)))
    bench.handle(.childExited(one.node, killed))
    #expect(bench.machine.outcome == nil, "what is left is the sink's to do")
    bench.handle(.beat(beat(sink, 2, roles: .sink, phase: .finished(rows: 1, bytes: 1))))
    #expect(bench.machine.outcome == .finished(rows: 1, bytes: 1))
  }

  @Test func theTotalIsOnTheRosterOnceItIsKnown() {
    var bench = SupervisorBench()
    let actions = bench.handle(
      .beat(beat(worker(50), 1, roles: .ventilator, phase: .exhausted(partitions: 12))))
    #expect(actions.rosters.last?.run.total == 12)
  }

  @Test func aFailedAttemptIsReported() {
    var bench = SupervisorBench()
    let failed = Receipt(
      partition: PartitionID(3), attempt: 2, worker: one, outcome: .failed(.disk))
    #expect(
      bench.receive(failed).reports == [
        .attemptFailed(PartitionID(3), attempt: 2, worker: one, .disk)
      ])
  }

  @Test(arguments: [false, true])
  func aStageThatAnswersDifferentlyIsReportedAndFailsWhereAsked(_ fails: Bool) {
    var bench = SupervisorBench(Supervisor.Configuration(failsOnDifference: fails))
    let copy = Receipt(
      partition: PartitionID(3), attempt: 2, worker: one,
      outcome: .duplicate(digest: 6, agrees: false))
    #expect(
      bench.receive(copy).reports == [.differs(PartitionID(3), worker: one)])
    #expect((bench.machine.outcome != nil) == fails)
  }
}
