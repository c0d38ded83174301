import ArgumentParser
import Foundation
import Logging
import Operators
import PipelineCore
import Runtime
import Synchronization
import ZeroMQ

/// `millrace-trials latency`.
struct LatencyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "latency",
    abstract:
      "Send small partitions one by one through an idle pipeline, and measure how long each takes.",
    discussion: """
      From the moment when a partition is cut until its receipt has come, when the next one may be cut:
      through a ventilator, one of two worker processes and a sink, which keeps the results in its store. \
      With --pipeline bare libzmq is measured before and after: three messages in turn between three \
      processes that keep nothing.
      """)

  @Option(help: "The millrace command.")
  var millrace: String

  @Option(help: "The yardstick's command, built from Benchmarks/Dispatch/pipeline.c.")
  var pipeline: String?

  @Option(help: "Partitions.")
  var partitions = 2_000

  /// Milliseconds.
  private static let allowed = 0.3

  func validate() throws {
    guard partitions >= 100 else { throw ValidationError("--partitions is at least 100") }
  }

  func run() throws {
    let log = TripLog()
    let before = try bareMedian()
    let report = try waiting { try await carryOut(log) }
    guard case .finished = report.outcome else { throw TrialFailure("the run failed: \(report)") }
    // The first ones meet sockets and caches that nobody has used.
    let trips = log.milliseconds.dropFirst(partitions / 20)
    let distribution = Distribution(milliseconds: trips.filter { $0 < 1 })
    let median = Distribution(milliseconds: Array(trips)).quantile(0.5)
    print(
      "\(trips.count) partitions of 64 bytes, one at a time, from cut to receipt, in microseconds")
    for share in [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1] {
      let value = Distribution(milliseconds: Array(trips)).quantile(share) * 1000
      print(String(format: "  %5.1f %%   %8.0f", share * 100, value))
    }
    print("below a millisecond:")
    print(distribution.histogram)
    if let before, let after = try bareMedian() {
      print(
        String(
          format: "bare libzmq: medians of %.0f microseconds before and %.0f after; "
            + "Millrace to it %.2f",
          before, after, median * 1000 / ((before + after) / 2)))
    }
    if median >= Self.allowed { throw TrialFailure("the median is not below 300 microseconds") }
  }

  /// The median of bare libzmq in microseconds; `nil` without its command.
  private func bareMedian() throws -> Double? {
    guard let pipeline else { return nil }
    return try TrialDirectory.with { directory in
      let command = try Command(
        pipeline, ["latency", "\(partitions)"], environment: directory.environment,
        log: directory.file("pipeline"))
      let end = try command.wait(limit: 60)
      guard end == .exited(0) else { throw TrialFailure("\(pipeline): \(end)") }
      let output = try Data(contentsOf: URL(fileURLWithPath: command.outputPath))
      return try JSONDecoder().decode(BareLatency.self, from: output).median
    }
  }

  /// What the yardstick prints, as far as it is wanted; in microseconds.
  private struct BareLatency: Decodable {
    var median: Double
  }

  /// Blocks until something is done.
  private func waiting<Value: Sendable>(
    for body: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let outcome = Mutex<Result<Value, any Error>?>(nil)
    let isDone = DispatchSemaphore(value: 0)
    Task {
      do {
        let value = try await body()
        outcome.withLock { $0 = .success(value) }
      } catch {
        outcome.withLock { $0 = .failure(error) }
      }
      isDone.signal()
    }
    isDone.wait()
    guard let result = outcome.withLock({ $0 }) else {
      preconditionFailure("something is done and nothing came of it")
    }
    return try result.get()
  }

  private func carryOut(_ log: TripLog) async throws -> RunReport {
    let path = FileManager.default.temporaryDirectory.path + "/millrace-latency-\(getpid())"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: path) }
    let directory = try PrivateDirectory(existing: path)
    let run = RunID(rawValue: .random(in: 1 ... .max))
    let count = partitions
    var storage = RunStorage.temporary(in: path + "/store")
    storage.durability = .process
    let request = RunRequest(
      specification: StageSpecification(
        run: run, stage: 0, name: "nothing", steps: [.init(operator: "noop", configuration: [])],
        files: []),
      openSource: { SingleFile(left: count, log: log) },
      makeSinkPart: { ConcatenatingSinkPart() }, target: .discard, storage: storage,
      byReference: true, ventilator: VentilatorConfiguration(aheadPartitions: 1),
      supervisor: Supervisor.Configuration(interval: .milliseconds(250), onlyChildren: true),
      workers: 2)
    let (executable, parent) = (millrace, getpid())
    let coordinator = Coordinator(
      request, directory: directory,
      worker: Coordinator.WorkerCommand(executable: executable) { node, name in
        [
          "worker", "--directory", path, "--node", "\(node)", "--name", name, "--interval", "250",
          "--patience", "60000", "--parent", "\(parent)", "--run", String(run.rawValue, radix: 16),
          "--mark-input",
        ]
      }, log: Logger(label: "latency"), onEvent: { _ in }, onProgress: { _ in })
    return try await coordinator.run()
  }
}

/// When partitions were cut, and when they were done with.
private final class TripLog: Sendable {
  private let times = Mutex<[(begin: Int64, end: Int64)]>([])

  func begin() {
    let now = Monotonic.nanoseconds
    times.withLock { $0.append((now, now)) }
  }

  func endLast() {
    let now = Monotonic.nanoseconds
    times.withLock { times in
      if !times.isEmpty { times[times.count - 1].end = now }
    }
  }

  var milliseconds: [Double] {
    times.withLock { $0.map { Double($0.end - $0.begin) / 1e6 } }
  }
}

/// Partitions that are asked for one by one, since none may be cut before the one before it is stored;
/// a short rest before each leaves the pipeline idle.
private struct SingleFile: PartitionSource {
  var left: Int
  let log: TripLog
  var number: Int64 = 0
  var files: [SourceFile] { [] }

  init(left: Int, log: TripLog) {
    self.left = left
    self.log = log
  }

  mutating func next() -> PartitionSlice? {
    log.endLast()
    guard left > 0 else { return nil }
    left -= 1
    Monotonic.pause(seconds: 0.001)
    number += 1
    log.begin()
    return .range(from: number, count: 1, payload: 64)
  }
}
