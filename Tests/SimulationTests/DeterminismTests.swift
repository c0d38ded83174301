import Simulation
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite("One seed tells one story")
struct DeterminismTests {
  @Test(arguments: FaultMix.allCases, [3, 17, 42] as [UInt64])
  func theSameSeedTellsTheSameStory(_ mix: FaultMix, _ seed: UInt64) {
    let first = Simulation(SimulationPlan(seed: seed, mix: mix)).run()
    let second = Simulation(SimulationPlan(seed: seed, mix: mix)).run()
    #expect(first.digest == second.digest)
    #expect(first.statistics == second.statistics)
    #expect(first.statistics.events > 50)
  }

  @Test func differentSeedsTellDifferentStories() {
    let digests = (0..<20 as Range<UInt64>).map {
      Simulation(SimulationPlan(seed: $0, mix: .everything)).run().digest
    }
    #expect(Set(digests).count == digests.count)
  }

  /// Hashing is seeded anew in each process: whatever follows the order of a hash table differs.
  @Test func theStoryIsTheSameInAnotherProcess() async throws {
    let other = try #require(
      await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
        Self.say("digest \(Self.digestOfManyWorlds())\n")
      })
    let output = String(decoding: other.standardOutputContent, as: UTF8.self)
    #expect(output.contains("digest \(Self.digestOfManyWorlds())\n"))
  }

  private static func digestOfManyWorlds() -> UInt64 {
    var digest: UInt64 = 0
    for mix in FaultMix.allCases {
      for seed in 1...6 as ClosedRange<UInt64> {
        digest = digest &* 31 &+ Simulation(SimulationPlan(seed: seed, mix: mix)).run().digest
      }
    }
    return digest
  }

  /// Writes a text to standard output, for the process that waits for this one.
  private static func say(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      #if canImport(Glibc)
      _ = Glibc.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
      #else
      _ = Darwin.write(STDOUT_FILENO, bytes.baseAddress, bytes.count)
      #endif
    }
  }
}
