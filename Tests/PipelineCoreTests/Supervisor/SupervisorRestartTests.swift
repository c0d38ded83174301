import PipelineCore
import Testing

@Suite("Supervisor: dead children are started again")
struct SupervisorRestartTests {
  let one = worker(1)
  let two = worker(2)
  let killed = ExitCause(status: .signal(9), lastLines: ["out of memory"])
  let policy = RestartPolicy(limit: 2, window: .seconds(60), backoff: .milliseconds(50))

  private func bench() -> SupervisorBench {
    var bench = SupervisorBench(Supervisor.Configuration(restarts: policy))
    bench.start(one, two)
    return bench
  }

  @Test func aDeadChildIsStartedAgainAtOnceAndOnce() {
    var bench = bench()
    #expect(bench.handle(.childExited(one.node, killed)).started.isEmpty)
    #expect(bench.machine.nextTick <= bench.now)
    let again = bench.handle(.tick)
    #expect(again.started == [one.node])
    #expect(again.reports == [.restarted(one.node, name: "node-\(one.node.rawValue)", count: 1)])
    #expect(bench.handle(.tick).started.isEmpty)
  }

  @Test func theNextStartsWaitLongerAndLonger() {
    let wide = RestartPolicy(limit: 4, window: .seconds(60), backoff: .milliseconds(50))
    var bench = SupervisorBench(Supervisor.Configuration(restarts: wide))
    bench.start(one, two)
    for wait in [0, 50, 100, 200] as [Int64] {
      bench.handle(.childExited(one.node, killed))
      #expect(bench.machine.nextTick <= bench.now + .milliseconds(wait))
      if wait > 0 {
        bench.now = bench.now + .milliseconds(wait - 1)
        #expect(bench.handle(.tick).started.isEmpty, "\(wait) ms are not over")
        bench.now = bench.now + .milliseconds(1)
      }
      #expect(bench.handle(.tick).started == [one.node])
      bench.handle(.childStarted(one.node, name: "node-1"))
    }
  }

  @Test func aChildThatDiesAgainAndAgainStaysDead() {
    var bench = bench()
    var count = 0
    for _ in 0..<5 {
      bench.handle(.childExited(one.node, killed))
      bench.now = bench.now + .milliseconds(200)
      for node in bench.handle(.tick).started {
        count += 1
        bench.handle(.childStarted(node, name: "node-1"))
      }
    }
    #expect(count == policy.limit)
    #expect(bench.machine.outcome == nil, "the other child is alive")
  }

  @Test func theRunFailsWithTheReasonsWhenNoneIsLeft() throws {
    var bench = SupervisorBench(Supervisor.Configuration(restarts: policy))
    bench.start(one)
    for _ in 0..<2 {
      bench.handle(.childExited(one.node, killed))
      #expect(bench.machine.outcome == nil, "it will be started again")
      bench.now = bench.now + .milliseconds(200)
      #expect(bench.handle(.tick).started == [one.node])
      bench.handle(.childStarted(one.node, name: "node-1"))
    }
    bench.handle(.childExited(one.node, killed))
    guard case .failed(let failure) = bench.machine.outcome else {
      Issue.record("the run goes on without workers")
      return
    }
    #expect(
      failure.message.contains("killed by signal 9 (SIGKILL) after it was started again 2 times"))
    #expect(failure.message.contains("out of memory"))
  }

  @Test func startsLongAgoDoNotCount() {
    var bench = bench()
    for _ in 0..<4 {
      bench.handle(.childExited(one.node, killed))
      bench.now = bench.now + .milliseconds(200)
      #expect(bench.handle(.tick).started == [one.node])
      bench.handle(.childStarted(one.node, name: "node-1"))
      bench.now = bench.now + .seconds(61)
    }
  }

  @Test func whatCannotBeStartedIsNotTriedAgain() {
    var bench = SupervisorBench(Supervisor.Configuration(restarts: policy))
    bench.handle(.childStarted(one.node, name: "worker-1"))
    bench.handle(
      .childExited(one.node, ExitCause(status: .notStarted("no such file"), lastLines: [])))
    guard case .failed = bench.machine.outcome else {
      Issue.record("the run waits for a worker that cannot come")
      return
    }
  }

  @Test func nothingIsStartedAfterTheEnd() {
    var bench = bench()
    bench.handle(.childExited(one.node, killed))
    bench.handle(.cancel(Failure(.operating, "interrupted")))
    bench.now = bench.now + .seconds(1)
    #expect(bench.handle(.tick).started.isEmpty)
  }
}
