/// How a simulated run went.
package struct SimulationResult: Sendable {
  /// A check that failed.
  package struct Failure: Sendable {
    /// The promise that was broken.
    package let message: String
    /// The partition concerned, where there is one.
    package let partition: UInt32?
    /// What happened to the partition and to those that held it, a line each, with virtual times.
    package let story: String
  }

  package let seed: UInt64
  package let mix: FaultMix
  package let statistics: SimulationStatistics
  /// A number made of all that happened: equal for equal runs.
  package let digest: UInt64
  /// What was found, or `nil` when all promises were kept.
  package let failure: Failure?

  init(
    _ plan: SimulationPlan, _ statistics: SimulationStatistics, _ digest: UInt64,
    _ failure: Failure?
  ) {
    seed = plan.seed
    mix = plan.mix
    self.statistics = statistics
    self.digest = digest
    self.failure = failure
  }

  /// Whether all promises were kept.
  package var isGood: Bool { failure == nil }

  /// What was found, the story, and how to see it again; empty when all promises were kept.
  package var report: String {
    guard let failure else { return "" }
    let place = failure.partition.map { "partition \($0): " } ?? ""
    return """
      seed \(seed), faults `\(mix.rawValue)`: \(place)\(failure.message)
      \(failure.story)
      again: millrace simulate FILE --seed \(seed) --faults \(mix.rawValue)

      """
  }
}
