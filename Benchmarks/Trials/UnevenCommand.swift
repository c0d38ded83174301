import ArgumentParser
import Foundation

/// `millrace-trials uneven`.
struct UnevenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uneven",
    abstract:
      "Run tasks whose lengths differ a hundredfold on 4 workers; compare with the best schedule.")

  @Option(help: "Which task takes how long.")
  var seed: UInt64 = 1

  @Option(help: "Tasks.")
  var tasks = 400

  private static let workers = 4
  /// Seconds.
  private static let shortest = 0.005
  private static let longest = 0.5
  /// Of the best schedule's time.
  private static let allowed = 1.05
  /// Seconds for which a worker may be idle while something is not begun.
  private static let patience = 0.05

  private func seconds(of task: Int) -> Double {
    TracingOperator.seconds(
      of: Int64(task), from: Self.shortest, to: Self.longest, seed: seed)
  }

  func run() throws {
    try TrialDirectory.with { directory in
      let trace = directory.file("trace")
      let topology = try directory.write(
        "uneven.yaml",
        """
        topology: uneven
        source: { range: { from: 0, to: \(tasks) }, partition: 1 }
        stages:
          - name: trace
            operator:
              name: trace
              configuration:
                { milliseconds: \(Self.shortest * 1000), longest: \(Self.longest * 1000), seed: \(seed), trace: "\(trace)" }
        workers: \(Self.workers)
        durability: process
        sink: { file: out.csv, format: text }

        """)
      let command = try Command(
        ThisBinary.path, ["run", topology, "--json"],
        environment: directory.environment.merging(ThisBinary.environment) { $1 },
        log: directory.file("run"))
      guard try command.wait(limit: 300) == .exited(0) else {
        throw TrialFailure("the run failed: \(command.errorPath)")
      }
      guard try directory.lines("out.csv").map(String.init) == (0..<tasks).map(String.init) else {
        throw TrialFailure("the results are not each task once, in order")
      }
      try report(try JSONLog(path: command.outputPath), try Trace(path: trace).begins)
    }
  }

  private func report(_ record: JSONLog, _ begins: [Trace.Begin]) throws {
    let lengths = (0..<tasks).map(seconds)
    let best = max(lengths.reduce(0, +) / Double(Self.workers), lengths.max() ?? 0)
    let time = record.number("seconds") ?? .infinity
    let idle = longestIdle(begins)
    print(
      "\(tasks) tasks of \(Self.shortest) to \(Self.longest) s on \(Self.workers) workers, seed \(seed)"
    )
    print(
      String(
        format: "  time           %.3f s, %.2f %% above the bound of %.3f s", time,
        (time / best - 1) * 100, best))
    print(
      String(format: "  idle           %.1f ms at most while a task was not begun", idle * 1000))
    print("  begun twice    \(begins.count - Set(begins.map(\.partition)).count) tasks")
    if time > best * Self.allowed { throw TrialFailure("more than 5 % above the best schedule") }
    if idle > Self.patience {
      throw TrialFailure("a worker was idle for longer than \(Self.patience) s while a task waited")
    }
  }

  /// The longest time, in seconds, that a worker was idle while a task was begun nowhere yet.
  private func longestIdle(_ begins: [Trace.Begin]) -> Double {
    var firstBegin: [Int: Int64] = [:]
    for begin in begins {
      firstBegin[begin.partition] = min(firstBegin[begin.partition] ?? .max, begin.at)
    }
    let last = firstBegin.values.max() ?? 0
    var longest = 0.0
    for (_, own) in Dictionary(grouping: begins, by: \.process) {
      let ordered = own.sorted { $0.at < $1.at }
      for (position, begin) in ordered.enumerated() {
        let end = begin.at + Int64(seconds(of: begin.partition) * 1e9)
        let next = position + 1 < ordered.count ? ordered[position + 1].at : .max
        // Until something else is begun here, or all is begun somewhere.
        longest = max(longest, Double(min(next, last) - end) / 1e9)
      }
    }
    return longest
  }
}
