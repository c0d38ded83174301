import PipelineCore
import Testing

@Suite("Worker: packs and results")
struct WorkerTests {
  let me = worker(1)

  @Test func packsAreComputedOneAtATimeInOrder() {
    var bench = WorkerBench(me)
    bench.join()
    #expect(bench.receive(1, 2, 3) == [.compute(token: 1)])
    #expect(bench.handle(.computed(token: 1)) == [.send(token: 1), .compute(token: 2)])
    #expect(bench.handle(.computed(token: 2)) == [.send(token: 2), .compute(token: 3)])
    #expect(bench.handle(.computed(token: 3)) == [.send(token: 3)])
    #expect(bench.machine.heldCount == 0)
  }

  @Test func aPackForAnotherIncarnationIsDropped() {
    var bench = WorkerBench(me)
    bench.join()
    let actions = bench.handle(.pack(bench.pack(5, for: worker(1, start: 99))))
    #expect(actions == [.drop(token: 5, .notOurs)])
  }

  @Test func aPackOfAnotherRunIsDropped() {
    var bench = WorkerBench(me)
    bench.join()
    let actions = bench.handle(.pack(bench.pack(5, run: 8)))
    #expect(actions == [.drop(token: 5, .notOurs)])
  }

  @Test func resultsAreKeptWhileNoSinkIsKnown() {
    var bench = WorkerBench(me)
    bench.handle(.roster(roster(1, workers: [me])))
    bench.receive(1, 2)
    #expect(bench.handle(.computed(token: 1)) == [.compute(token: 2)])
    #expect(bench.handle(.computed(token: 2)).isEmpty)
    #expect(bench.machine.heldCount == 2)
    let actions = bench.handle(.roster(roster(2, workers: [me], sink: "ipc://results")))
    #expect(
      actions == [
        .connectSink(worker(9999), endpoint: "ipc://results"), .send(token: 1), .send(token: 2),
      ])
  }

  @Test func aSinkThatMovesIsFollowed() {
    var bench = WorkerBench(me)
    bench.join()
    let actions = bench.handle(.roster(roster(2, workers: [me], sink: "ipc://elsewhere")))
    #expect(
      actions == [
        .disconnectSink(worker(9999)), .connectSink(worker(9999), endpoint: "ipc://elsewhere"),
      ])
    #expect(bench.handle(.roster(roster(3, workers: [me], sink: "ipc://elsewhere"))).isEmpty)
  }

  @Test func aSinkMissingFromOneRosterIsNotForgotten() {
    var bench = WorkerBench(me)
    bench.join()
    #expect(bench.handle(.roster(roster(2, workers: [me]))).isEmpty)
    bench.receive(1)
    #expect(bench.handle(.computed(token: 1)) == [.send(token: 1)])
  }
}

/// A worker with its owner's part played: restarts are made by the test.
struct WorkerBench {
  var machine: Worker
  var now = at(0)

  init(
    _ identity: NodeIncarnation, run: RunID? = .test, staysAfterRun: Bool = false,
    patience: Span = .seconds(30)
  ) {
    machine = Worker(
      identity: identity, run: run, staysAfterRun: staysAfterRun, patience: patience, at: now)
  }

  @discardableResult
  mutating func handle(_ event: Worker.Event) -> [Worker.Action] {
    var actions = Actions<Worker.Action>()
    machine.handle(event, at: now, into: &actions)
    machine.checkInvariants()
    return actions.list
  }

  mutating func restart(_ start: UInt64) {
    machine.restart(as: Incarnation(rawValue: start), at: now)
    machine.checkInvariants()
  }

  /// Sees itself and a sink on the roster.
  mutating func join() {
    handle(.roster(roster(1, workers: [machine.identity], sink: "ipc://results")))
  }

  func pack(
    _ token: UInt64, for subject: NodeIncarnation? = nil, run: UInt64 = 7,
    from sender: NodeIncarnation = worker(2000), partitions: Int = 1
  ) -> Worker.Pack {
    Worker.Pack(
      token: token, run: RunID(rawValue: run), sender: sender,
      subject: subject ?? machine.identity, partitions: partitions)
  }

  @discardableResult
  mutating func receive(_ tokens: UInt64...) -> [Worker.Action] {
    tokens.flatMap { handle(.pack(pack($0))) }
  }
}
