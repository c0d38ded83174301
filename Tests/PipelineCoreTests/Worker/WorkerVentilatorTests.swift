import PipelineCore
import Testing

@Suite("Worker: ventilators of the past, and what is held")
struct WorkerVentilatorTests {
  let me = worker(1)
  let first = worker(2000)
  let second = worker(2000, start: 2)

  private func listing(_ sequence: UInt64, _ ventilators: NodeIncarnation...) -> Worker.Event {
    .roster(roster(sequence, workers: [me], sink: "ipc://results", peers: ventilators))
  }

  @Test func whatAVentilatorOfThePastSentIsDroppedUnlessItIsBeingComputed() {
    var bench = WorkerBench(me)
    bench.handle(listing(1, first))
    bench.receive(1, 2, 3)
    bench.handle(.pack(bench.pack(4, from: second)))
    #expect(
      bench.handle(listing(2, second)) == [
        .drop(token: 2, .notOurs), .drop(token: 3, .notOurs),
      ], "the new one sends them again, and 4 is its own")
    #expect(
      bench.handle(.pack(bench.pack(5, from: first))) == [.drop(token: 5, .notOurs)], "late")
    #expect(bench.handle(.computed(token: 1)) == [.send(token: 1), .compute(token: 4)])
  }

  @Test func aVentilatorThatIsNotListedYetIsNotOfThePast() {
    var bench = WorkerBench(me)
    bench.handle(listing(1, first))
    bench.receive(1)
    bench.handle(.pack(bench.pack(2, from: second)))
    #expect(bench.handle(listing(2, first)).isEmpty, "rosters may be slower than the lane")
    #expect(bench.machine.heldCount == 2)
  }

  @Test func aVentilatorMissingFromTheRosterIsNotOfThePast() {
    var bench = WorkerBench(me)
    bench.handle(listing(1, first))
    bench.receive(1, 2)
    #expect(bench.handle(listing(2)).isEmpty)
    #expect(bench.handle(listing(3, first)).isEmpty)
    #expect(bench.machine.heldCount == 2)
  }

  @Test func aVentilatorThatIsListedAgainIsNotOfThePast() {
    var bench = WorkerBench(me)
    bench.handle(listing(1, first))
    bench.handle(listing(2, second))
    bench.handle(listing(3, first))
    #expect(bench.handle(.pack(bench.pack(1, from: first))) == [.compute(token: 1)])
    #expect(bench.handle(.pack(bench.pack(2, from: second))) == [.drop(token: 2, .notOurs)])
  }

  @Test func whatComesBeforeTheStageIsDropped() {
    var bench = WorkerBench(me)
    bench.handle(listing(1, first))
    var pack = bench.pack(1, from: first)
    pack.hasStage = false
    #expect(bench.handle(.pack(pack)) == [.drop(token: 1, .notOurs)])
    #expect(bench.machine.heldPartitions == 0, "so that the ventilator sees an idle worker")
  }

  @Test func theMemoryOfThePastIsBounded() {
    var bench = WorkerBench(me)
    let last = UInt64(Worker.maximumPastVentilators) + 2
    for start in 1...last { bench.handle(listing(start, worker(2000, start: start))) }
    #expect(bench.handle(.pack(bench.pack(1, from: second))) == [.drop(token: 1, .notOurs)])
    #expect(bench.handle(.pack(bench.pack(2, from: first))) == [.compute(token: 2)], "forgotten")
  }

  @Test func whatIsReceivedAndNotAnsweredIsHeld() {
    var bench = WorkerBench(me)
    bench.handle(.roster(roster(1, workers: [me], peers: [first])))
    bench.handle(.pack(bench.pack(1, partitions: 5)))
    bench.handle(.pack(bench.pack(2, partitions: 7)))
    bench.handle(.pack(bench.pack(3, for: worker(9), partitions: 100)))
    #expect(bench.machine.heldPartitions == 12)
    bench.handle(.computed(token: 1))
    #expect(bench.machine.heldPartitions == 12, "no sink is known: not answered")
    bench.handle(listing(2, first))
    #expect(bench.machine.heldPartitions == 7)
    bench.handle(.computed(token: 2))
    #expect(bench.machine.heldPartitions == 0)
  }

  @Test func aVoidIncarnationHoldsNothing() {
    var bench = WorkerBench(me)
    bench.join()
    bench.handle(.pack(bench.pack(1, partitions: 5)))
    bench.handle(.pack(bench.pack(2, partitions: 5)))
    bench.handle(.roster(roster(2, workers: [worker(2)])))
    #expect(bench.machine.heldPartitions == 0)
  }

  @Test func aRosterOfASupervisorThatAnotherFollowedIsIgnored() {
    var bench = WorkerBench(me)
    bench.handle(listing(5, first))
    bench.handle(.roster(roster(1, supervisor: 2, workers: [me])))
    #expect(bench.handle(.roster(roster(6, supervisor: 1, phase: .abandoned))).isEmpty)
    #expect(bench.machine.isJoined)
  }

  #if PLANTED_FAULTS
  @Test func plantedFaultsDoWhatTheySay() {
    var bench = WorkerBench(me)
    bench.machine.planted = .staleIncarnationAccepted
    bench.handle(.pack(bench.pack(1, for: worker(1, start: 99))))
    #expect(bench.machine.heldCount == 1)
    bench = WorkerBench(me)
    bench.machine.planted = .voidPacksKept
    bench.join()
    bench.receive(1, 2)
    #expect(bench.handle(.roster(roster(2, workers: [worker(2)]))) == [.startAnew])
    #expect(bench.machine.heldCount == 2)
    bench = WorkerBench(me)
    bench.machine.planted = .pastRosterObeyed
    bench.join()
    #expect(bench.handle(.roster(roster(1, phase: .abandoned))).last == .leave(.runAbandoned))
  }
  #endif
}
