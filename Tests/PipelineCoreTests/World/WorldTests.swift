import PipelineCore
import Testing

@Suite("A world of machines", .serialized)
struct WorldTests {
  static let seeds: ClosedRange<UInt64> = 1...200

  @Test(arguments: seeds)
  func everyPartitionCountsOnceWhateverDies(_ seed: UInt64) {
    TrapReport.note(seed: seed)
    var world = World(seed: seed)
    do throws(Violation) {
      try world.live()
    } catch {
      let place = error.partition.map { " of partition \($0)" } ?? ""
      Issue.record(
        "seed \(seed): \(error.message)\(place)\n\(world.story.told(about: error.partition))")
    }
  }

  @Test(arguments: [3, 17, 42, 99, 123] as [UInt64])
  func theSameSeedTellsTheSameStory(_ seed: UInt64) throws {
    TrapReport.note(seed: seed)
    var first = World(seed: seed)
    try first.live()
    var second = World(seed: seed)
    try second.live()
    #expect(first.story.lines.count > 50)
    #expect(first.story.lines.count == second.story.lines.count)
    #expect(first.story.digest == second.story.digest)
  }

  /// Hashing is seeded anew in each process: whatever follows the order of a hash table differs.
  @Test func theStoryIsTheSameInAnotherProcess() async throws {
    let other = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        try TrapReport.say("digest \(Self.digestOfManyWorlds())\n")
      })
    let output = String(decoding: other.standardOutputContent, as: UTF8.self)
    #expect(output.contains("digest \(try Self.digestOfManyWorlds())\n"))
  }

  private static func digestOfManyWorlds() throws -> UInt64 {
    var digest: UInt64 = 0
    for seed in 1...8 as ClosedRange<UInt64> {
      var world = World(seed: seed)
      try world.live()
      digest = digest &* 31 &+ world.story.digest
    }
    return digest
  }

  /// The worlds are worth living through: what is to be survived does happen in them.
  @Test func faultsHappen() throws {
    var finished = 0
    var counts: [String: Int] = [:]
    for seed in 1...40 as ClosedRange<UInt64> {
      TrapReport.note(seed: seed)
      var world = World(seed: seed)
      try world.live()
      if case .finished = world.supervisor.outcome { finished += 1 }
      for line in world.story.lines { counts["\(line.what)", default: 0] += 1 }
    }
    #expect(finished > 20)
    for what in ["process dies", "process stops", "worker starts anew", "lost", "worker drops"] {
      #expect(counts[what, default: 0] > 4, "\(what): \(counts[what, default: 0])")
    }
  }
}
