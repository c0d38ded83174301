import Synchronization

/// Many simulated runs on several threads.
package struct SimulationCampaign: Sendable {
  /// How many runs went how.
  package struct Report: Sendable {
    /// Over all runs.
    package fileprivate(set) var statistics = SimulationStatistics()
    /// Runs in which a promise was broken, in ascending order of seed, the first
    /// ``maximumFailures`` that were found.
    package fileprivate(set) var failures: [SimulationResult] = []
    /// Wall-clock time in seconds.
    package fileprivate(set) var seconds = 0.0
    /// Runs in a second of wall-clock time.
    package var runsPerSecond: Double { Double(statistics.runs) / max(seconds, 1e-9) }
  }

  /// A campaign ends after so many failures.
  package static let maximumFailures = 10

  private let seeds: Range<UInt64>
  private let mixes: [FaultMix]
  private let threads: Int
  private let shape: SimulationShape
  private let adjust: @Sendable (inout SimulationPlan) -> Void

  /// - Parameters:
  ///   - seeds: one run for each.
  ///   - mixes: taken in turn; at least one.
  ///   - threads: runs at the same time; at most as many as there are cores have an effect.
  ///   - shape: what is not left to chance.
  ///   - adjust: changes a plan before it is carried out.
  package init(
    seeds: Range<UInt64>, mixes: [FaultMix] = FaultMix.allCases, threads: Int = 1,
    shape: SimulationShape = SimulationShape(),
    adjust: @escaping @Sendable (inout SimulationPlan) -> Void = { _ in }
  ) {
    precondition(!mixes.isEmpty && threads > 0)
    self.seeds = seeds
    self.mixes = mixes
    self.threads = threads
    self.shape = shape
    self.adjust = adjust
  }

  /// Carries all runs out, or as many as it takes to find ``maximumFailures``.
  ///
  /// - Parameter progress: called now and then with the number of runs so far, on any thread.
  package func run(
    progress: @escaping @Sendable (_ runs: Int) -> Void = { _ in }
  ) async -> Report {
    let clock = ContinuousClock()
    let start = clock.now
    let tally = Tally(from: seeds.lowerBound)
    var report = Report()
    report.statistics.runs = 0
    await withTaskGroup(of: (SimulationStatistics, [SimulationResult]).self) { group in
      for _ in 0..<threads {
        group.addTask {
          var statistics = SimulationStatistics()
          statistics.runs = 0
          var failures: [SimulationResult] = []
          while tally.failed.load(ordering: .relaxed) < Self.maximumFailures {
            let seed = tally.next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard seed < self.seeds.upperBound else { break }
            let result = self.simulate(seed)
            statistics.add(result.statistics)
            if !result.isGood {
              failures.append(result)
              tally.failed.wrappingAdd(1, ordering: .relaxed)
            }
            let count = tally.done.wrappingAdd(1, ordering: .relaxed).newValue
            if count % 256 == 0 { progress(count) }
            // The threads are everybody's.
            await Task.yield()
          }
          return (statistics, failures)
        }
      }
      for await (statistics, failures) in group {
        report.statistics.add(statistics)
        report.failures += failures
      }
    }
    report.failures.sort { $0.seed < $1.seed }
    let spent = clock.now - start
    report.seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
    return report
  }

  /// What the threads share.
  private final class Tally: Sendable {
    let next: Atomic<UInt64>
    let failed = Atomic<Int>(0)
    let done = Atomic<Int>(0)

    init(from first: UInt64) { next = Atomic(first) }
  }

  private func simulate(_ seed: UInt64) -> SimulationResult {
    let mix = mixes[Int(seed % UInt64(mixes.count))]
    var plan = SimulationPlan(seed: seed, mix: mix, shape: shape)
    adjust(&plan)
    return Simulation(plan).run()
  }
}
