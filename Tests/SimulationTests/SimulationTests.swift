import Simulation
import Testing

@Suite("The production machines in a made-up world")
struct SimulationTests {
  /// Seeds for each mix; with all mixes this many runs are part of every test run.
  static let seedsOfMix: UInt64 = 200

  @Test(arguments: FaultMix.allCases)
  func everyPartitionCountsOnceWhateverFails(_ mix: FaultMix) async {
    let report = await SimulationCampaign(seeds: 0..<Self.seedsOfMix, mixes: [mix], threads: 2)
      .run()
    for failure in report.failures { Issue.record("\(failure.report)") }
    #expect(report.failures.isEmpty)
    #expect(report.statistics.runs == Int(Self.seedsOfMix))
  }

  /// A ventilator that was stopped and replaced woke up and put a partition into quarantine whose worker
  /// had left in good order.
  @Test func aReplacedVentilatorChargesNobody() async {
    let report = await SimulationCampaign(seeds: 25_369..<25_370, mixes: [.everything], threads: 1)
      .run()
    for failure in report.failures { Issue.record("\(failure.report)") }
  }

  /// The worlds are worth living through: what is to be survived does happen in them.
  @Test func faultsHappen() async {
    func live(_ mix: FaultMix) async -> SimulationStatistics {
      await SimulationCampaign(seeds: 0..<60, mixes: [mix], threads: 2).run().statistics
    }
    #expect(await live(.none).failures == 0)
    #expect(await live(.crashes).crashes > 60)
    #expect(await live(.stalls).stalls > 60)
    #expect(await live(.network).networkFaults > 60)
    #expect(await live(.coordinator).resumes > 60)
    #expect(await live(.power).powerLosses > 40)
    #expect(await live(.disk).failures > 20)
    #expect(await live(.poison).quarantined > 20)
    #expect(await live(.drains).drains > 60)
    let everything = await live(.everything)
    #expect(everything.crashes > 30)
    #expect(everything.stalls > 20)
    #expect(everything.drains > 5)
    #expect(everything.duplicates > 0)
    #expect(everything.secondAttempts > 10)
  }

  /// What a run computes again although it was durable is what a machine could not know of: attempts
  /// under way elsewhere when their partition was stored.
  @Test func hardlyAnythingStoredIsDoneAgain() async {
    let statistics = await SimulationCampaign(
      seeds: 0..<100, mixes: [.coordinator], threads: 2
    ).run().statistics
    #expect(statistics.resumes > 100)
    #expect(statistics.redone < statistics.partitions / 20)
  }
}
