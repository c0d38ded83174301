import PipelineCore
import Testing

@Suite("Sink: whom it tells what")
struct SinkPeerTests {
  let one = worker(1)
  let first = worker(2000)
  let second = worker(2000, start: 2)

  @Test func aNewPeerIsToldWhatIsDurableBeforeAnyReceipt() {
    var bench = SinkBench()
    bench.store(4, from: one)
    bench.handle(.results(token: 2, worker: one, results([5, 4], attempt: 2)))
    #expect(
      bench.handle(.roster(roster(1, peers: [first]))) == [
        .connect(first, endpoint: "receipts"), .announce(to: first, bitmap([4])),
      ], "5 may still be lost")
    #expect(bench.handle(.persisted(token: 2)).receipts.count == 2)
    #expect(bench.handle(.roster(roster(2, peers: [first]))).isEmpty, "told once")
  }

  @Test func theWordIsRepeatedAsItMayBeLost() {
    var bench = SinkBench()
    bench.handle(.roster(roster(1, peers: [first])))
    bench.store(0, from: one)
    bench.now = at(250 * Sink.wordIntervals - 1)
    for sequence in 2...20 as ClosedRange<UInt64> {
      #expect(bench.handle(.roster(roster(sequence, peers: [first]))).isEmpty)
    }
    bench.now = at(250 * Sink.wordIntervals)
    #expect(
      bench.handle(.roster(roster(21, peers: [first]))) == [.announce(to: first, bitmap([0]))])
    #expect(bench.handle(.roster(roster(22, peers: [first]))).isEmpty)
  }

  @Test func aPeerThatStartedAgainIsToldAgain() {
    var bench = SinkBench()
    bench.handle(.roster(roster(1, peers: [first])))
    bench.store(0, from: one)
    #expect(
      bench.handle(.roster(roster(2, peers: [second]))) == [
        .disconnect(first), .connect(second, endpoint: "receipts"),
        .announce(to: second, bitmap([0])),
      ])
  }

  @Test func aPeerThatVanishesIsLetGoAndToldAgainWhenItIsBack() {
    var bench = SinkBench()
    bench.handle(.roster(roster(1, peers: [first])))
    #expect(bench.handle(.roster(roster(2))) == [.disconnect(first)])
    bench.store(0, from: one)
    #expect(bench.handle(.roster(roster(3, peers: [first]))).words == [first: bitmap([0])])
  }

  @Test func aPeerThatMovesIsFollowed() {
    var bench = SinkBench()
    bench.handle(.roster(roster(1, peers: [first])))
    var moved = roster(2)
    moved.members = [ventilator(first, receipts: "elsewhere")]
    #expect(
      bench.handle(.roster(moved)) == [
        .disconnect(first), .connect(first, endpoint: "elsewhere"),
        .announce(to: first, PartitionBitmap()),
      ])
  }

  @Test func supervisorsAreToldTooAndOthersAreNot() {
    var bench = SinkBench()
    var state = roster(1, workers: [one], sink: "results", peers: [first])
    state.members.append(
      Roster.Member(
        node: worker(3000), roles: .supervisor, name: "", endpoints: .init(receipts: "s")))
    state.members.append(
      Roster.Member(node: worker(4000), roles: .ventilator, name: "", endpoints: .init()))
    #expect(Set(bench.handle(.roster(state)).words.keys) == [first, worker(3000)])
  }

  @Test func nobodyIsToldAnythingByARosterOfThePast() {
    var bench = SinkBench()
    bench.handle(.roster(roster(9, peers: [first])))
    bench.handle(.roster(roster(1, supervisor: 2, peers: [second])))
    #expect(bench.handle(.roster(roster(10, peers: [first]))).isEmpty, "another followed it")
  }

  @Test func theSinkHasJoinedWhenItSeesItself() {
    var bench = SinkBench()
    #expect(!bench.machine.isJoined)
    bench.handle(.roster(roster(1, sink: "results")))
    #expect(bench.machine.isJoined)
    bench.handle(.roster(roster(2)))
    #expect(!bench.machine.isJoined)
  }

  @Test(arguments: [RunID.none, RunID(rawValue: 8)])
  func aRosterOfAnotherRunIsLeft(_ run: RunID) {
    var bench = SinkBench()
    bench.handle(.roster(roster(1, peers: [worker(2000)])))
    let phase = run == .none ? Roster.RunPhase.idle : .running
    #expect(bench.handle(.roster(roster(1, supervisor: 2, phase: phase, run: run))) == [.leave])
    #expect(bench.handle(.roster(roster(2, supervisor: 2))).isEmpty)
  }
}
