import ArgumentParser
import Foundation

/// `millrace-trials durability`.
struct DurabilityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "durability",
    abstract: "Measure what it costs that results survive: partitions a second, side by side.",
    discussion: """
      The kinds of durability take turns, so that whatever else the host does hits all of them.
      """)

  @Option(help: "The millrace command.")
  var millrace: String

  @Option(help: "The topology.")
  var topology = "Topologies/tasks.yaml"

  @Option(help: "Runs with each kind of durability.")
  var rounds = 5

  @Option(
    help: "Directory of the runs, on the disk to measure; one in /tmp when left out.")
  var runs: String?

  private static let kinds = ["machine", "process", "off"]

  func validate() throws {
    guard rounds >= 1 else { throw ValidationError("--rounds is at least 1") }
  }

  func run() throws {
    var rates: [String: [Double]] = [:]
    try TrialDirectory.with { directory in
      for _ in 0..<rounds {
        for kind in Self.kinds {
          rates[kind, default: []].append(try rate(kind, directory))
        }
      }
    }
    let medians = rates.mapValues { $0.sorted()[$0.count / 2] }
    guard let best = medians["off"] else { preconditionFailure("each kind had its rounds") }
    print("durability   median partitions/s   least   greatest   of off")
    for kind in Self.kinds {
      guard let values = rates[kind], let median = medians[kind], let least = values.min(),
        let greatest = values.max()
      else { preconditionFailure("each kind had its rounds") }
      let name = kind.padding(toLength: 9, withPad: " ", startingAt: 0)
      print(
        name + String(format: "%23.0f%10.0f%11.0f%8.3f", median, least, greatest, median / best))
    }
  }

  /// Partitions a second of one run.
  private func rate(_ durability: String, _ directory: TrialDirectory) throws -> Double {
    var environment = directory.environment
    if let runs { environment["MILLRACE_RUNS"] = runs }
    let command = try Command(
      millrace, ["run", topology, "--json", "--set", "durability=\(durability)"],
      environment: environment, log: directory.file("run"))
    guard try command.wait(limit: 600) == .exited(0) else {
      throw TrialFailure("the run failed: \(command.errorPath)")
    }
    guard let rate = try JSONLog(path: command.outputPath).number("partitions_per_second") else {
      throw TrialFailure("the summary has no partitions_per_second: \(command.outputPath)")
    }
    return rate
  }
}
