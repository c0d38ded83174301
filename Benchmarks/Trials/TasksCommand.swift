import ArgumentParser
import Foundation

/// `millrace-trials tasks`.
struct TasksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "Run 200 tasks of half a second on 4 workers, one of which is killed after 5 s.")

  @Option(help: "The millrace command.")
  var millrace: String

  private static let tasks = 200
  private static let workers = 4
  private static let seconds = 0.5

  func run() throws {
    try TrialDirectory.with { directory in
      let topology = try directory.write(
        "tasks.yaml",
        """
        topology: tasks
        source: { range: { from: 0, to: \(Self.tasks) }, partition: 1 }
        stages:
          - name: wait
            operator: { name: sleep, configuration: { milliseconds: \(Int(Self.seconds * 1000)) } }
        workers: \(Self.workers)
        sink: { file: out.csv, format: text }

        """)
      let command = try Command(
        millrace, ["run", topology, "--json"], environment: directory.environment,
        log: directory.file("run"))
      try killWorker(of: command, afterSeconds: 5)
      guard try command.wait(limit: 120) == .exited(0) else {
        throw TrialFailure("the run failed: \(command.errorPath)")
      }
      try report(command, try directory.lines("out.csv").map(String.init))
      try directory.waitUntilNoProcess(limit: 15)
      try directory.expectNoSocketDirectory()
    }
  }

  private func killWorker(of command: Command, afterSeconds delay: Double) throws {
    while Monotonic.seconds - command.started < delay {
      guard command.poll() == nil else {
        throw TrialFailure("the run ended before \(delay) s: \(command.errorPath)")
      }
      Monotonic.pause(seconds: 0.005)
    }
    guard let worker = ProcessTable.children(of: command.processID).first else {
      throw TrialFailure("the run has no worker after \(delay) s: \(command.errorPath)")
    }
    kill(worker, SIGKILL)
  }

  private func report(_ command: Command, _ results: [String]) throws {
    let record = try JSONLog(path: command.outputPath)
    let ideal = Double(Self.tasks) * Self.seconds / Double(Self.workers)
    let counts = Dictionary(grouping: results) { $0 }.mapValues(\.count)
    let lost = (0..<Self.tasks).filter { counts[String($0)] == nil }
    let double = counts.filter { $0.value > 1 }.count
    let time = String(
      format: "%.2f s (%.1f %% above the ideal %.1f s)", command.seconds,
      (command.seconds / ideal - 1) * 100, ideal)
    print("\(Self.tasks) tasks of \(Self.seconds) s on \(Self.workers) workers, one killed at 5 s")
    print("  time       \(time)")
    print("  re-queued  \(record.requeued) partitions")
    print("  lost       \(lost.count) results")
    print("  double     \(double) results")
    guard record.count("deaths") == 1 else {
      throw TrialFailure("the summary tells of no death: \(command.outputPath)")
    }
    guard lost.isEmpty, results == (0..<Self.tasks).map(String.init) else {
      throw TrialFailure("the results are not each task once, in order; lost: \(lost)")
    }
  }
}
