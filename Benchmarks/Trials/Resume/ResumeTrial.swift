import Foundation

/// A run whose coordinator is killed once, and that is then resumed.
struct ResumeTrial {
  private static let partitions = 2000
  private static let milliseconds = 10
  let workers: Int

  /// About how long a run takes.
  var seconds: Double {
    Double(Self.partitions * Self.milliseconds) / 1000 / Double(workers)
  }

  /// Carries the run out.
  ///
  /// - Throws: ``TrialFailure`` when it cannot be resumed or gives another result.
  func run(in directory: TrialDirectory, killAfter delay: Double) throws -> ResumeFacts {
    let trace = directory.file("trace")
    let topology = try directory.write("resume.yaml", text(trace))
    let command = try start(["run", topology, "--json"], "run", directory)
    while try Monotonic.seconds - command.started < delay
      || JSONLog(path: command.outputPath).run == nil
    {
      if let end = command.poll() {
        throw TrialFailure("the run ended before it was killed: \(end), \(command.errorPath)")
      }
      guard Monotonic.seconds - command.started < delay + 30 else {
        throw TrialFailure("the run does not tell its id: \(command.outputPath)")
      }
      Monotonic.pause(seconds: 0.002)
    }
    let killed = Monotonic.nanoseconds
    command.send(SIGKILL)
    try command.wait(limit: delay + 60)
    // So that the trace tells the two sessions apart.
    try directory.waitUntilNoProcess(limit: 40)
    let before = try Trace(path: trace).begins
    guard let run = try JSONLog(path: command.outputPath).run else {
      throw TrialFailure("the run's id is gone from \(command.outputPath)")
    }
    let resumed = try start(["resume", run, "--json"], "resume", directory)
    guard try resumed.wait(limit: seconds + 60) == .exited(0) else {
      throw TrialFailure("the run cannot be resumed: \(resumed.errorPath)")
    }
    guard try directory.lines("out.csv") == (0..<Self.partitions).map({ "\($0)" }) else {
      throw TrialFailure("the result is wrong: \(directory.file("out.csv"))")
    }
    try directory.waitUntilNoProcess(limit: 15)
    try directory.expectNoSocketDirectory()
    guard let found = try JSONLog(path: resumed.outputPath).count("resumed_partitions") else {
      throw TrialFailure("the summary has no resumed_partitions: \(resumed.outputPath)")
    }
    let after = try Trace(path: trace).begins.dropFirst(before.count)
    return ResumeFacts(
      killedAt: Double(killed) / 1e9 - command.started, partitions: Self.partitions,
      before: Set(before.map(\.partition)),
      longBefore: Set(before.filter { $0.at < killed - 1_000_000_000 }.map(\.partition)).count,
      after: Set(after.map(\.partition)), found: found)
  }

  private func start(
    _ arguments: [String], _ log: String, _ directory: TrialDirectory
  ) throws -> Command {
    try Command(
      ThisBinary.path, arguments,
      environment: directory.environment.merging(ThisBinary.environment) { $1 },
      log: directory.file(log))
  }

  private func text(_ trace: String) -> String {
    """
    topology: resume
    source: { range: { from: 0, to: \(Self.partitions) }, partition: 1 }
    stages:
      - name: trace
        operator:
          name: trace
          configuration: { milliseconds: \(Self.milliseconds), trace: "\(trace)" }
    workers: \(workers)
    second_attempts: 0%
    sink: { file: out.csv, format: text }

    """
  }
}
