import ArgumentParser
import Foundation

/// `millrace-trials poison`.
struct PoisonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poison",
    abstract: "Run 1000 partitions on 2 workers, one of which kills its worker each time.")

  private static let partitions = 1000
  private static let deadly = 500
  private static let attempts = 4

  func run() throws {
    for policy in ["quarantine", "fail"] { try trial(policy) }
  }

  private func trial(_ policy: String) throws {
    try TrialDirectory.with { directory in
      let command = try Command(
        ThisBinary.path, ["run", try topology(policy, directory), "--json"],
        environment: directory.environment.merging(ThisBinary.environment) { $1 },
        log: directory.file("run"))
      let end = try command.wait(limit: 120)
      let record = try JSONLog(path: command.outputPath)
      let deaths = record.count("deaths") ?? -1
      print(
        "on_failure: \(policy): \(end), \(deaths) workers died, "
          + "\(record.count("partitions") ?? 0) of \(Self.partitions) partitions stored, "
          + "\(record.count("quarantined") ?? 0) in quarantine, "
          + String(format: "%.2f s", command.seconds))
      guard end == .exited(policy == "fail" ? 1 : 0) else {
        throw TrialFailure("the run ended otherwise: \(command.errorPath)")
      }
      // Whoever started a worker knows what it died at.
      guard deaths == Self.attempts, record.count("quarantined") == 1,
        record.count("partitions") == Self.partitions - 1
      else { throw TrialFailure("one partition took more with it: \(command.outputPath)") }
      if policy == "quarantine" {
        let expected = (0..<Self.partitions).filter { $0 != Self.deadly }.map(String.init)
        guard try directory.lines("out.csv").map(String.init) == expected else {
          throw TrialFailure("the result is wrong: \(directory.file("out.csv"))")
        }
      }
      try directory.waitUntilNoProcess(limit: 15)
      try directory.expectNoSocketDirectory()
    }
  }

  private func topology(_ policy: String, _ directory: TrialDirectory) throws -> String {
    try directory.write(
      "poison.yaml",
      """
      topology: poison
      source: { range: { from: 0, to: \(Self.partitions) }, partition: 1 }
      stages:
        - name: wait
          operator:
            name: \(TracingOperator.name)
            configuration:
              { milliseconds: 1, deadly: [\(Self.deadly)], trace: "\(directory.file("trace"))" }
      workers: 2
      attempts: \(Self.attempts)
      on_failure: \(policy)
      sink: { file: out.csv, format: text }

      """)
  }
}
