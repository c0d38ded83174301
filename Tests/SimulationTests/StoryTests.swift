#if PLANTED_FAULTS
import PipelineCore
import Simulation
import Testing

@Suite("What is told of a world")
struct StoryTests {
  /// A lost partition's story names it, who held it, and what happened to them.
  @Test func theStoryIsAboutThePartitionConcerned() async throws {
    let report = await SimulationCampaign(seeds: 0..<50, mixes: [.crashes]) {
      $0.planted = .lostRequeue
    }.run()
    let found = try #require(report.failures.first { $0.failure?.partition != nil })
    let failure = try #require(found.failure)
    let partition = try #require(failure.partition)
    #expect(failure.story.contains("killed node"))
    for line in failure.story.split(separator: "\n") where line.contains(" p") {
      let words = line.split(separator: " ")
      let named = words.filter { $0.first == "p" && Int($0.dropFirst()) != nil }
      #expect(named.allSatisfy { $0 == "p\(partition)" }, "\(line)")
    }
  }

  /// A machine that traps takes the process with it; which world it was stands on standard error.
  @Test func aTrapNamesItsWorld() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        for seed in 0..<200 as Range<UInt64> {
          var plan = SimulationPlan(seed: seed, mix: .crashes)
          plan.planted = .lostRequeue
          plan.inspectionEvery = 1
          _ = Simulation(plan).run()
        }
      })
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains("a machine trapped in the world of seed "))
    #expect(text.contains("faults `crashes`"))
  }
}
#endif
