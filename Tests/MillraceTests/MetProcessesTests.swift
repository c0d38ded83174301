import PipelineCore
import Testing

@testable import Millrace
@testable import Runtime

@Suite struct MetProcessesTests {
  private func nodes(_ processes: Range<Int>, start: UInt64 = 1) -> [LiveNode] {
    processes.map { process in
      let sender = NodeIncarnation(
        node: NodeID(rawValue: UInt64(process)), incarnation: Incarnation(rawValue: start))
      let beat = Beat(
        sender: sender, roles: .worker, name: "worker-\(process)", host: "here",
        processID: Int32(process), sequence: 1, interval: .seconds(1), joined: true,
        endpoints: Beat.Endpoints(), progress: Beat.Progress(), phase: .working)
      return LiveNode(beat: beat, heard: Instant(nanoseconds: 0))
    }
  }

  @Test func tenThousandAreMetOnceEach() {
    var met = MetProcesses()
    #expect(met.meet(nodes(1..<5_001)).count == 5_000)
    #expect(met.meet(nodes(1..<10_001)).map(\.processID) == Array(5_001...10_000))
    #expect(met.meet(nodes(1..<10_001)).isEmpty)
    #expect(met.meet(nodes(1..<10_001, start: 2)).isEmpty, "in the next run")
  }

  @Test func whoIsAwayForAMomentIsNotMetAgain() {
    var met = MetProcesses()
    _ = met.meet(nodes(1..<101))
    #expect(met.meet(nodes(51..<101)).isEmpty)
    #expect(met.meet(nodes(1..<101)).isEmpty)
  }

  @Test func thoseThatAreGoneAreForgottenInTime() {
    var met = MetProcesses()
    let others = 101..<(101 + MetProcesses.maximumUnlisted)
    _ = met.meet(nodes(1..<101))
    _ = met.meet(nodes(others))
    #expect(met.meet(nodes(1..<101)).isEmpty)
    _ = met.meet(nodes(5_000..<5_001))
    #expect(met.meet(nodes(1..<101)).count == 100)
  }
}
