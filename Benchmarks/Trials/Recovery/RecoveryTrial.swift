import Foundation

/// One run with two partitions, one of whose workers is lost.
struct RecoveryTrial {
  let directory: TrialDirectory
  let workers: Int
  /// Milliseconds between two beats.
  let interval: Int

  private var trace: String { directory.file("trace") }

  /// Carries the run out.
  ///
  /// - Parameters:
  ///   - signal: what the worker is sent.
  ///   - delay: seconds from the begin of its partition to the signal.
  /// - Returns: milliseconds from the signal until another process began the partition.
  /// - Throws: ``TrialFailure`` when none did, or the result is wrong.
  func run(signal: Int32, delay: Double) throws -> Double {
    for name in ["trace", "out.csv", "runs"] { try directory.remove(name) }
    let topology = try directory.write("recovery.yaml", text)
    let command = try Command(
      ThisBinary.path, ["run", topology, "--json"],
      environment: directory.environment.merging(ThisBinary.environment) { $1 },
      log: directory.file("run"))
    let held = try wait(for: "the first partition to begin", of: command) { $0.first }
    Monotonic.pause(seconds: delay)
    let sent = Monotonic.nanoseconds
    kill(held.process, signal)
    let begun = try wait(for: "partition \(held.partition) to begin again", of: command) {
      $0.first { $0.partition == held.partition && $0.process != held.process }
    }
    guard try command.wait(limit: 60) == .exited(0) else {
      throw TrialFailure("the run failed: \(command.errorPath)")
    }
    guard try directory.lines("out.csv") == ["0", "1"] else {
      throw TrialFailure("the result is wrong: \(directory.file("out.csv"))")
    }
    try directory.waitUntilNoProcess(limit: 15)
    try directory.expectNoSocketDirectory()
    return Double(begun.at - sent) / 1e6
  }

  /// The run's topology. A partition takes far longer than the longest delay, and no second attempt
  /// begins it before the loss is noticed.
  private var text: String {
    """
    topology: recovery
    source: { range: { from: 0, to: 2 }, partition: 1 }
    stages:
      - name: trace
        operator: { name: trace, configuration: { milliseconds: \(interval + 300), trace: "\(trace)" } }
    workers: \(workers)
    liveness: { interval: \(interval)ms, missed: 3 }
    second_attempts: 0%
    sink: { file: out.csv, format: text }

    """
  }

  private func wait(
    for what: String, of command: Command, _ find: ([Trace.Begin]) -> Trace.Begin?
  ) throws -> Trace.Begin {
    let start = Monotonic.seconds
    while true {
      if let found = find(try Trace(path: trace).begins) { return found }
      if let end = command.poll() {
        throw TrialFailure("waited for \(what), but the run ended: \(end), \(command.errorPath)")
      }
      guard Monotonic.seconds - start < 30 else { throw TrialFailure("waited 30 s for \(what)") }
      Monotonic.pause(seconds: 0.001)
    }
  }
}
