import PipelineCore
import Testing

@Suite("Sink: what was stored before, and what was given up")
struct SinkRecoveryTests {
  let one = worker(1)

  private func found(_ indexes: some Sequence<UInt32>) -> Sink.Event {
    .recovered(
      indexes.map {
        Sink.Recovered(
          index: $0, digest: UInt64($0), bytes: 10,
          counts: Sink.Counts(rows: 3, skipped: 1, outputRows: 2))
      })
  }

  @Test func whatIsRecoveredIsStoredCountedAndAnnounced() {
    var bench = SinkBench()
    #expect(bench.handle(found([7, 2])).isEmpty)
    #expect(bench.handle(found([0])).isEmpty)
    #expect(bench.machine.storedCount == 3 && bench.machine.outputRows == 6)
    #expect(
      bench.machine.progress == Beat.Progress(partitions: 3, bytes: 30, rows: 9, skipped: 3))
    let peer = worker(2000)
    #expect(
      bench.handle(.roster(roster(1, peers: [peer]))).words == [peer: bitmap([0, 2, 7])])
  }

  @Test func aCopyOfARecoveredResultIsComparedLikeAllOthers() {
    var bench = SinkBench()
    bench.handle(found([0, 1]))
    let actions = bench.handle(
      .results(token: 1, worker: one, [result(0, digest: 0), result(1, digest: 66)]))
    #expect(
      actions == [
        .differs(PartitionID(1), stored: 1, later: 66, worker: one), .persist(token: 1),
      ])
    #expect(
      bench.handle(.persisted(token: 1)).receipts.map(\.outcome) == [
        .duplicate(digest: 0, agrees: true), .duplicate(digest: 66, agrees: false),
      ])
  }

  @Test func aRunThatWasAllStoredIsCompleteWithTheTotal() {
    var bench = SinkBench()
    bench.handle(found(0..<5))
    #expect(bench.handle(.roster(roster(1))).isEmpty)
    #expect(bench.handle(.roster(roster(2, total: 5))).completedWithout == [])
  }

  @Test func recoveringTwiceOrTooLateTraps() async {
    await #expect(processExitsWith: .failure) {
      var bench = SinkBench()
      bench.handle(SinkRecoveryTests().found([1]))
      bench.handle(SinkRecoveryTests().found([1]))
    }
    await #expect(processExitsWith: .failure) {
      var bench = SinkBench()
      bench.handle(.roster(roster(1)))
      bench.handle(SinkRecoveryTests().found([1]))
    }
  }

  @Test func theOutputGoesWithoutWhatWasGivenUp() {
    var bench = SinkBench()
    bench.store(0, from: one)
    bench.store(3, from: one, token: 2)
    #expect(bench.handle(.roster(roster(1, total: 5, quarantined: [1]))).isEmpty)
    #expect(bench.handle(.roster(roster(2, total: 5, quarantined: [1, 2]))).isEmpty)
    #expect(
      bench.handle(.roster(roster(3, total: 5, quarantined: [1, 2, 3, 4, 9]))) == [
        .complete(partitions: 5, without: [1, 2, 4])
      ], "3 is stored after all, and there is no 9")
  }

  @Test func whatIsStoredStandsInForNothingThatIsMissing() {
    var bench = SinkBench()
    bench.store(0, from: one)
    #expect(
      bench.handle(.roster(roster(1, total: 2, quarantined: [0]))).isEmpty,
      "one stored, one in quarantine, and partition 1 is missing")
    #expect(bench.handle(.roster(roster(2, total: 3, quarantined: [1, 1]))).isEmpty)
  }

  @Test func nothingIsStoredOnceTheOutputIsWrittenWithoutIt() {
    var bench = SinkBench()
    bench.store(0, from: one)
    bench.handle(.roster(roster(1, total: 2, quarantined: [1])))
    #expect(
      bench.handle(.results(token: 2, worker: one, results([1]))) == [.persist(token: 2)])
    guard case .failed = bench.handle(.persisted(token: 2)).receipts.first?.outcome else {
      Issue.record("called stored, though the output goes without it")
      return
    }
    #expect(bench.machine.storedCount == 1)
    bench.handle(.outputWritten(rows: 1, bytes: 1))
    #expect(bench.machine.phase == .finished(rows: 1, bytes: 1))
  }

  @Test func quarantineIsNoReasonToWriteBeforeAllIsDurable() {
    var bench = SinkBench()
    bench.handle(.results(token: 1, worker: one, results([0])))
    #expect(bench.handle(.roster(roster(1, total: 2, quarantined: [1]))).isEmpty)
    #expect(bench.handle(.persisted(token: 1)).completedWithout == [1])
  }
}
