import PipelineCore
import Testing

@Suite("Ventilator: workers out of reach")
struct VentilatorConnectionTests {
  let one = worker(1)
  let two = worker(2)
  let strict = VentilatorConfiguration(attempts: 1)

  /// Two partitions in a lane that does not get connected.
  private func bench() -> VentilatorBench {
    var bench = VentilatorBench(sizes: [1, 1], workers: [], strict)
    bench.unreachable = [one]
    bench.held[one] = 1
    bench.open(one)
    return bench
  }

  @Test func workIsSentBeforeTheConnectionStands() {
    #expect(bench().messages == [[0, 1]])
  }

  @Test func whatLiesInALaneThatLeadsNowhereGoesToOthersUncharged() {
    var bench = bench()
    #expect(bench.publish(intervals: 3).isEmpty)
    let actions = bench.publish(intervals: 1)
    #expect(actions == [.reopenLane(one, endpoint: "lane-\(one.node)")], "what waits in it is lost")
    #expect(bench.machine.unreachable == [one] && bench.machine.leasedCount == 0)
    #expect(bench.publish(intervals: 50).isEmpty, "it gets nothing more")
    bench.loseOutstanding()
    #expect(bench.open(two).sent == [0, 1])
    bench.finish()
    #expect(bench.machine.isDone && bench.machine.evictions.isEmpty)
  }

  @Test func whoIsReachedAfterAllServes() {
    var bench = bench()
    bench.publish(intervals: 4)
    bench.loseOutstanding()
    #expect(bench.handle(.laneConnected(one)).sent == [0, 1])
    #expect(bench.machine.unreachable.isEmpty)
    #expect(bench.publish(intervals: 50).isEmpty)
  }

  @Test func aLaneThatIsConnectedInTimeIsLeftAlone() {
    var bench = bench()
    bench.publish(intervals: 3)
    bench.handle(.laneConnected(one))
    #expect(bench.publish(intervals: 50).isEmpty && bench.machine.unreachable.isEmpty)
  }

  @Test func rostersInARowCountAsOneIntervalAndAGapAsOneRoster() {
    var bench = bench()
    for _ in 0..<20 { bench.publish() }
    #expect(bench.machine.unreachable.isEmpty)
    bench = self.bench()
    bench.now = bench.now + .seconds(60)
    #expect(bench.publish().isEmpty, "the ventilator itself may have been stopped")
  }

  @Test func anEmptyLaneIsNotOpenedAnew() {
    var bench = VentilatorBench(sizes: [])
    bench.unreachable = [one]
    bench.open(one)
    #expect(bench.publish(intervals: 9).isEmpty)
    #expect(bench.machine.unreachable == [one])
  }

  @Test func whoIsGoneIsNotOutOfReachAnyMore() {
    var bench = bench()
    bench.publish(intervals: 4)
    bench.evict(one)
    #expect(bench.machine.unreachable.isEmpty && bench.machine.quarantined.isEmpty)
    #expect(bench.handle(.laneConnected(one)).isEmpty)
  }

  @Test func onlySoManyAreTold() {
    let workers = (1...100 as ClosedRange<UInt64>).map { worker($0) }
    var bench = VentilatorBench(sizes: [])
    bench.unreachable = Set(workers)
    for worker in workers { bench.open(worker) }
    bench.publish(intervals: 6)
    #expect(bench.machine.unreachable == Array(workers.prefix(Beat.maximumUnreachable)))
    bench.evict(worker(1))
    #expect(bench.machine.unreachable.last == worker(65))
  }

  @Test func aSlowLinkGetsTheTimeThatItsBytesNeed() {
    // 2 MiB at 256 KiB a second: eight seconds, and eight intervals of a quarter.
    var bench = VentilatorBench(sizes: [1 << 20, 1 << 20], workers: [one], strict)
    bench.held[one] = 0
    #expect(bench.publish(intervals: 40).isEmpty)
    #expect(bench.publish(intervals: 2).sent == [0, 1])
  }
}
