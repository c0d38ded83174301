import PipelineCore
import Testing

@Suite("Sink")
struct SinkTests {
  let one = worker(1)
  let two = worker(2)

  @Test func aResultIsStoredAndAnsweredOnlyWhenDurable() {
    var bench = SinkBench()
    #expect(
      bench.handle(.results(token: 1, worker: one, results([0, 1]))) == [
        .store(token: 1, items: 0..<2), .persist(token: 1),
      ])
    #expect(
      bench.handle(.persisted(token: 1)) == [
        .receipts(
          worker: one,
          [
            Receipt(
              partition: PartitionID(0), count: 2, attempt: 1, worker: one,
              outcome: .stored(digest: 0 ^ 1))
          ])
      ])
    #expect(bench.handle(.persisted(token: 1)).isEmpty, "each attempt is answered once")
  }

  @Test func oneFlushAnswersAllMessagesBeforeIt() {
    var bench = SinkBench()
    bench.handle(.results(token: 1, worker: one, results([0])))
    bench.handle(.results(token: 2, worker: two, results([1])))
    bench.handle(.results(token: 3, worker: one, results([2])))
    #expect(
      bench.handle(.persisted(token: 2)) == [
        .receipts(worker: one, [receipt(0, one, .stored(digest: 0))]),
        .receipts(worker: two, [receipt(1, two, .stored(digest: 1))]),
      ])
    #expect(bench.handle(.persisted(token: 3)).count == 1)
  }

  @Test func theFirstStoredWinsAndAnEqualCopyIsCounted() {
    var bench = SinkBench()
    bench.store(0, from: one)
    let actions = bench.handle(.results(token: 2, worker: two, results([0], attempt: 2)))
    #expect(actions == [.persist(token: 2)])
    #expect(
      bench.handle(.persisted(token: 2)) == [
        .receipts(worker: two, [receipt(0, two, .duplicate(digest: 0, agrees: true), attempt: 2)])
      ])
    #expect(bench.machine.progress.duplicates == 1)
    #expect(bench.machine.progress.partitions == 1 && bench.machine.outputRows == 1)
  }

  @Test func aCopyThatDiffersIsReportedAndDropped() {
    var bench = SinkBench()
    bench.store(3, from: one)
    let other = result(3, attempt: 2, digest: 666, rows: 50)
    #expect(
      bench.handle(.results(token: 2, worker: two, [other])) == [
        .differs(PartitionID(3), stored: 3, later: 666, worker: two), .persist(token: 2),
      ])
    #expect(
      bench.handle(.persisted(token: 2)) == [
        .receipts(
          worker: two, [receipt(3, two, .duplicate(digest: 666, agrees: false), attempt: 2)])
      ])
    #expect(bench.machine.outputRows == 1)
  }

  @Test func theSamePartitionTwiceInOneMessageCountsOnce() {
    var bench = SinkBench()
    let actions = bench.handle(.results(token: 1, worker: one, results([4, 4])))
    #expect(actions == [.store(token: 1, items: 0..<1), .persist(token: 1)])
    #expect(bench.machine.storedCount == 1)
  }

  @Test func aFailedAttemptIsPassedOnAndLeavesRoomForTheNext() {
    var bench = SinkBench()
    let failed = Sink.Item(partition: PartitionID(0), attempt: 1, outcome: .failed(.disk))
    #expect(bench.handle(.results(token: 1, worker: one, [failed])) == [.persist(token: 1)])
    #expect(
      bench.handle(.persisted(token: 1)) == [
        .receipts(worker: one, [receipt(0, one, .failed(.disk))])
      ])
    #expect(bench.machine.storedCount == 0)
    bench.store(0, from: two, token: 2)
    #expect(bench.machine.storedCount == 1)
  }

  @Test func anIndexFarAwayIsRejectedWholeMessageAndAll() {
    var bench = SinkBench()
    let actions = bench.handle(.results(token: 1, worker: one, results([0, .max])))
    guard case .reject(token: 1, worker: one, let reason) = actions[0] else {
      Issue.record("not rejected: \(actions)")
      return
    }
    #expect(reason.contains("4294967295"))
    #expect(bench.machine.storedCount == 0)
    // Partition 0 is leased, and would be for ever.
    #expect(actions.receipts.map(\.partition) == [PartitionID(0)] && actions.count == 2)
    guard case .failed(let failure) = actions.receipts.first?.outcome else {
      Issue.record("not answered as failed: \(actions)")
      return
    }
    #expect(failure.message.contains(reason) && !failure.isFinal)
    bench.store(0, from: two, token: 2)
    #expect(bench.machine.storedCount == 1, "the next attempt is taken")
  }

  @Test func anotherStageIsRejected() {
    var bench = SinkBench()
    var item = result(0, digest: 0)
    item.partition.stage = 9
    let actions = bench.handle(.results(token: 1, worker: one, [item]))
    guard case .reject = actions.first else {
      Issue.record("not rejected: \(actions)")
      return
    }
  }

  @Test func anIndexBeyondTheTotalIsRejected() {
    var bench = SinkBench()
    bench.handle(.roster(roster(1, total: 3)))
    let actions = bench.handle(.results(token: 1, worker: one, results([3])))
    guard case .reject = actions.first else {
      Issue.record("not rejected: \(actions)")
      return
    }
  }

  @Test func anIndexBeyondWhatThePlanAllowsIsRejectedBeforeTheTotalIsKnown() {
    var bench = SinkBench()
    bench.machine = Sink(
      identity: bench.machine.identity, run: .test, stage: 0, maximumPartitions: 5)
    bench.store(4, from: one)
    let actions = bench.handle(.results(token: 2, worker: one, results([5])))
    guard case .reject(_, _, let reason) = actions.first else {
      Issue.record("not rejected: \(actions)")
      return
    }
    #expect(reason.contains("partition 5") && reason.contains("at most 5"))
  }

  @Test func aResultStoredBeyondTheTotalFailsTheRun() {
    var bench = SinkBench()
    bench.store(0, from: one)
    bench.store(7, from: one, token: 2)
    // Two stored and a total of two, and yet partition 1 is missing.
    #expect(bench.handle(.roster(roster(1, total: 2))).isEmpty)
    guard case .failed(let failure) = bench.machine.phase else {
      Issue.record("the run would have finished without partition 1")
      return
    }
    #expect(failure.message.contains("partition 7"))
  }

  @Test func theRunIsCompleteOnceWhenAllIsDurableAndTheTotalIsKnown() {
    var bench = SinkBench()
    bench.store(1, from: one)
    bench.handle(.results(token: 2, worker: one, results([0])))
    #expect(bench.handle(.roster(roster(1, total: 2))).isEmpty, "not durable yet")
    #expect(bench.handle(.persisted(token: 2)).last == .complete(partitions: 2, without: []))
    #expect(bench.handle(.roster(roster(2, total: 2))).isEmpty)
    bench.handle(.results(token: 3, worker: two, results([0], attempt: 2)))
    #expect(bench.handle(.persisted(token: 3)).count == 1, "a late copy is answered and no more")
    bench.handle(.outputWritten(rows: 2, bytes: 20))
    #expect(bench.machine.phase == .finished(rows: 2, bytes: 20))
  }

  @Test func theTotalMayComeLast() {
    var bench = SinkBench()
    bench.store(0, from: one)
    #expect(bench.handle(.roster(roster(1, total: 1))) == [.complete(partitions: 1, without: [])])
  }

  @Test func aRunWithoutPartitionsIsCompleteAtOnce() {
    var bench = SinkBench()
    #expect(bench.handle(.roster(roster(1))).isEmpty)
    #expect(bench.handle(.roster(roster(2, total: 0))) == [.complete(partitions: 0, without: [])])
  }

  @Test func aStoreThatFailsAnswersNothingAndCompletesNothing() {
    var bench = SinkBench()
    bench.handle(.results(token: 1, worker: one, results([0])))
    #expect(bench.handle(.storeFailed(.disk)).isEmpty)
    #expect(bench.machine.phase == .failed(.disk))
    #expect(bench.handle(.roster(roster(1, total: 1))).isEmpty)
  }

  @Test func anOutputThatFailsFailsTheRun() {
    var bench = SinkBench()
    bench.handle(.roster(roster(1, total: 0)))
    bench.handle(.outputFailed(.disk))
    #expect(bench.machine.phase == .failed(.disk))
  }

  @Test(arguments: [Roster.RunPhase.finished, .abandoned])
  func theSinkLeavesWithTheRun(_ phase: Roster.RunPhase) {
    var bench = SinkBench()
    #expect(bench.handle(.roster(roster(1, phase: phase))) == [.leave])
    #expect(bench.handle(.results(token: 1, worker: one, results([0]))).isEmpty)
  }

  @Test func aRosterFromThePastIsIgnored() {
    var bench = SinkBench()
    bench.handle(.roster(roster(5)))
    #expect(bench.handle(.roster(roster(4, phase: .abandoned))).isEmpty)
  }

  private func receipt(
    _ index: UInt32, _ worker: NodeIncarnation, _ outcome: Receipt.Outcome, attempt: UInt16 = 1
  ) -> Receipt {
    Receipt(partition: PartitionID(index), attempt: attempt, worker: worker, outcome: outcome)
  }
}
