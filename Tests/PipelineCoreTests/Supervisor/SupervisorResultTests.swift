import PipelineCore
import Testing

@Suite("Supervisor: what is stored and what was given up")
struct SupervisorResultTests {
  let one = worker(1)
  let sink = worker(60)
  let ventilator = worker(50)

  private func exhausted(
    _ sequence: UInt64, _ total: UInt32, quarantined: [UInt32] = []
  ) -> Supervisor.Event {
    .beat(
      beat(
        ventilator, sequence, roles: .ventilator, phase: .exhausted(partitions: total),
        quarantined: quarantined))
  }

  private func stored(_ index: UInt32) -> Receipt {
    Receipt(partition: PartitionID(index), attempt: 1, worker: one, outcome: .stored(digest: 1))
  }

  /// Whether the run would go on without workers: all that is left is the sink's.
  private func isAllStored(_ bench: SupervisorBench) -> Bool {
    var bench = bench
    bench.start(one)
    bench.handle(.childExited(one.node, ExitCause(status: .signal(9), lastLines: [])))
    return bench.machine.outcome == nil
  }

  @Test func theSinksWordCountsLikeItsReceipts() {
    var bench = SupervisorBench()
    bench.list(sink)
    bench.handle(exhausted(1, 4))
    bench.handle(.stored(bitmap(0..<3), by: sink))
    #expect(!isAllStored(bench))
    bench.handle(.receipts([stored(3)], from: sink))
    #expect(isAllStored(bench))
  }

  @Test func theWordOfANewSinkStandsForAllBefore() {
    var bench = SupervisorBench()
    bench.list(sink)
    bench.handle(exhausted(1, 4))
    bench.handle(.stored(bitmap(0..<4), by: sink))
    bench.handle(.stored(bitmap(0..<3), by: worker(60, start: 2)))
    #expect(isAllStored(bench), "it is not listed yet")
    bench.list(worker(60, start: 2))
    #expect(!isAllStored(bench), "3 was lost with the old one")
    bench.handle(.receipts([stored(3)], from: sink))
    bench.handle(.stored(bitmap(0..<4), by: sink))
    #expect(!isAllStored(bench), "late words of the old one")
    bench.handle(.stored(bitmap([3]), by: worker(60, start: 2)))
    #expect(isAllStored(bench), "a second word is merged in")
  }

  @Test func aSupervisorThatStartsAnewLearnsAllAgain() {
    var bench = SupervisorBench(Supervisor.Configuration(onFailure: .quarantine))
    bench.handle(.beat(beat(one, 40)))
    bench.list(sink)
    bench.handle(.stored(bitmap(0..<3), by: sink))
    bench.handle(exhausted(70, 4, quarantined: [3]))
    #expect(bench.machine.members.map(\.node) == [one, ventilator, sink])
    #expect(bench.machine.total == 4 && isAllStored(bench))
    bench.handle(.beat(beat(sink, 80, roles: .sink, phase: .finished(rows: 1, bytes: 2))))
    #expect(bench.machine.outcome == .finished(rows: 1, bytes: 2))
  }

  @Test func receiptsBeforeAnyWordAreNotCounted() {
    var bench = SupervisorBench()
    bench.handle(exhausted(1, 1))
    let failed = Receipt(
      partition: PartitionID(0), attempt: 1, worker: one, outcome: .failed(.disk))
    bench.list(sink)
    #expect(bench.handle(.receipts([stored(0), failed], from: sink)).isEmpty)
    #expect(!isAllStored(bench))
  }

  @Test func quarantineIsReportedOnceAndSettlesWhereAsked() {
    var bench = SupervisorBench(Supervisor.Configuration(onFailure: .quarantine))
    bench.list(sink)
    bench.handle(.stored(bitmap(0..<3), by: sink))
    let first = bench.handle(exhausted(1, 5, quarantined: [4, 3]))
    #expect(first.reports.contains(.quarantined(givenUp(3))))
    #expect(first.reports.contains(.quarantined(givenUp(4))))
    #expect(first.rosters.last?.run.quarantined == [3, 4])
    #expect(isAllStored(bench))
    #expect(bench.handle(exhausted(2, 5, quarantined: [3, 4])).isEmpty)
  }

  @Test func quarantineComesOnTheRosterAtOnce() {
    var bench = SupervisorBench(Supervisor.Configuration(onFailure: .quarantine))
    bench.handle(exhausted(1, 5))
    let actions = bench.handle(exhausted(2, 5, quarantined: [2]))
    #expect(actions.rosters.map(\.run.quarantined) == [[2]], "the sink waits for it")
  }

  @Test func whatIsStoredAfterAllLeavesQuarantine() {
    var bench = SupervisorBench(Supervisor.Configuration(onFailure: .quarantine))
    bench.handle(exhausted(1, 2, quarantined: [0, 1]))
    bench.receive(stored(1))
    #expect(bench.machine.quarantined == [givenUp(0)])
    #expect(bench.wait(until: at(300)).rosters.last?.run.quarantined == [0])
    #expect(isAllStored(bench))
    // A ventilator that started again tries it once more.
    bench.handle(.beat(beat(worker(50, start: 2), 1, roles: .ventilator)))
    #expect(bench.machine.quarantined.isEmpty && !isAllStored(bench))
  }

  @Test func wherePartitionsMayNotBeMissingQuarantineSettlesNothing() {
    var bench = SupervisorBench()
    bench.list(sink)
    bench.handle(.stored(bitmap([0]), by: sink))
    let actions = bench.handle(exhausted(1, 2, quarantined: [1]))
    #expect(actions.reports.contains(.quarantined(givenUp(1))))
    #expect(actions.rosters.allSatisfy { $0.run.quarantined.isEmpty })
    #expect(!isAllStored(bench))
  }

  @Test func noMoreIsTakenIntoQuarantineThanARunMayHave() {
    var bench = SupervisorBench(Supervisor.Configuration(onFailure: .quarantine))
    let many = Array(0..<UInt32(Beat.maximumQuarantined + 50)) + [0, 0]
    let actions = bench.handle(exhausted(1, 1000, quarantined: many))
    #expect(actions.rosters.last?.run.quarantined.count == Beat.maximumQuarantined)
  }

  @Test func onlyVentilatorsPutIntoQuarantine() {
    var bench = SupervisorBench(Supervisor.Configuration(onFailure: .quarantine))
    bench.handle(.beat(beat(one, 1, quarantined: [1])))
    #expect(bench.machine.quarantined.isEmpty)
  }
}
