import ArgumentParser
import Foundation
import PipelineCore
import Simulation
import Topology

/// `millrace simulate`.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Live through runs in a made-up world full of faults, from a seed.",
    discussion: """
      The machines that make a run's decisions are the real ones; time, network, disk and processes are \
      made up. Checks that share nothing with them watch that every partition counts once, that the \
      result is that of a run without faults, that no queue grows beyond its limit, and that the run \
      ends when the faults are over. With a topology, its partitions, workers, attempts, credit and \
      policies are used; its operators are not run. Without one these are drawn from the seed, too.

      A promise that is broken is told with the story of the partition concerned and the seed that \
      gives it again.

        $ millrace simulate Topologies/quickstart.yaml --seed 1 --seeds 1000
        $ millrace simulate --seed 4711 --faults power

      FAULTS
        \(FaultMix.allCases.map(\.rawValue).joined(separator: ", "))
      """)

  @Argument(help: "The topology: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var topology: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Override a value, for example --set source.partition=4MiB.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: "The first seed.")
  var seed: UInt64 = 1

  @Option(help: "How many seeds, each a run of its own.")
  var seeds: UInt64 = 1

  @Option(help: "The faults to live through; may be given several times. All of them by default.")
  var faults: [FaultMix] = []

  @Option(help: "Runs at the same time.")
  var threads: Int = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    guard seeds >= 1, seed <= .max - seeds else {
      throw ValidationError("--seeds is 1 or more, and the last seed at most 2^64 - 1")
    }
    guard (1...1024).contains(threads) else { throw ValidationError("--threads is 1 to 1024") }
  }

  func run() async throws {
    let shape = try topology.map { try self.shape(of: $0) } ?? SimulationShape()
    let mixes = faults.isEmpty ? FaultMix.allCases : faults
    let campaign = SimulationCampaign(
      seeds: seed..<(seed + seeds), mixes: mixes, threads: threads, shape: shape)
    let isTerminal = StandardError.isTerminal
    let report = await campaign.run { runs in
      if isTerminal { StandardError.writeRaw("\r\(Quantity.count(runs)) runs") }
    }
    if isTerminal { StandardError.writeRaw("\r\u{1B}[K") }
    for failure in report.failures { StandardOutput.write(failure.report) }
    for line in Self.lines(report) { StandardOutput.write(line) }
    if !report.failures.isEmpty { throw ExitCode(ExitStatus.runFailed.rawValue) }
  }

  private static func lines(_ report: SimulationCampaign.Report) -> [String] {
    let all = report.statistics
    return [
      "\(Quantity.plural(all.runs, "run")) in \(Quantity.seconds(report.seconds)) "
        + "(\(Quantity.count(Int(report.runsPerSecond))) a second), "
        + "\(Quantity.count(Int(Double(all.virtualTime) / 1e9))) s of made-up time, "
        + "\(Quantity.plural(all.partitions, "partition")): "
        + (report.failures.isEmpty
          ? "every promise was kept"
          : "\(Quantity.plural(report.failures.count, "run")) broke a promise"),
      "lived through: \(Quantity.count(all.crashes)) processes killed, "
        + "\(Quantity.count(all.stalls)) stopped, \(Quantity.count(all.resumes)) times resumed, "
        + "\(Quantity.count(all.powerLosses)) times without power, "
        + "\(Quantity.count(all.networkFaults)) cuts of the network",
      "done again though durable: \(Quantity.plural(all.redone, "partition")) · arrived twice: "
        + "\(Quantity.count(all.duplicates)) · second attempts: "
        + "\(Quantity.count(all.secondAttempts)) · called back: \(Quantity.count(all.recalls)) · in quarantine: \(Quantity.count(all.quarantined))"
        + " · runs that failed for a stated reason: \(Quantity.count(all.failures))",
    ]
  }

  /// What the simulated runs have in common with the topology's.
  private func shape(of topology: String) throws -> SimulationShape {
    let plan = try TopologyOptions.plan(path: topology, overrides: overrides, workers: nil)
    var shape = SimulationShape()
    shape.workers = min(plan.topology.workers, 64)
    shape.ventilator = plan.ventilatorConfiguration
    shape.timeout = plan.supervisorConfiguration.timeout
    shape.failsOnDifference = plan.supervisorConfiguration.failsOnDifference
    var source = try plan.openSource()
    var sizes: [Int] = []
    while sizes.count < SimulationShape.maximumPartitions, let slice = try source.next() {
      sizes.append(slice.inlineLength)
    }
    shape.partitionSizes = sizes
    return shape
  }
}

extension FaultMix: ExpressibleByArgument {}
