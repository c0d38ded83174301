#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Waits a fixed time for each partition and answers with the partition's place: stands for tasks of
/// a known length, to watch how they are dealt out and what the death of a worker costs.
///
/// ```yaml
/// operator: { name: sleep, configuration: { milliseconds: 500 } }
/// ```
///
/// A partition of numbers is answered with each of its numbers on a line, so that a lost or a double
/// result shows; one of a file with a line `FILE,OFFSET,LENGTH`.
public struct SleepOperator: Operator {
  /// How long a partition may take: 0 to an hour, in milliseconds.
  public static let limits: ClosedRange<Int> = 0...3_600_000

  /// How long each partition takes, in milliseconds, within ``limits``.
  public let milliseconds: Int

  /// The operator that `configuration` describes: the JSON object `{"milliseconds":500}`.
  ///
  /// - Throws: ``OperatorError`` with code `configuration` when the configuration is not that.
  public init(configuration: [UInt8]) throws {
    let remedy = "give it configuration: { milliseconds: N }, N from 0 to \(Self.limits.upperBound)"
    let fields: [String: Int]
    do {
      fields = try JSONDecoder().decode([String: Int].self, from: Data(configuration))
    } catch {
      throw OperatorError(
        .configuration, "sleep needs a whole number of milliseconds and nothing else: \(remedy)")
    }
    if let other = fields.keys.sorted().first(where: { $0 != "milliseconds" }) {
      throw OperatorError(.configuration, "sleep does not know '\(other)': \(remedy)")
    }
    guard let milliseconds = fields["milliseconds"], Self.limits.contains(milliseconds) else {
      let found = fields["milliseconds"].map { "cannot wait \($0) milliseconds" }
      throw OperatorError(
        .configuration, "sleep \(found ?? "needs a number of milliseconds"): \(remedy)")
    }
    self.milliseconds = milliseconds
  }

  /// A part that waits.
  public func makeWorkerPart() -> any WorkerPart { Worker(milliseconds: milliseconds) }

  /// A part that joins the lines in partition order.
  public func makeSinkPart() -> any SinkPart { ConcatenatingSinkPart() }

  private final class Worker: WorkerPart {
    private let milliseconds: Int

    init(milliseconds: Int) {
      self.milliseconds = milliseconds
    }

    func process(
      _ partition: PartitionInput, into result: inout ResultBuffer
    ) throws -> PartitionCounts {
      try wait()
      switch partition.content {
      case .bytes(let bytes):
        result.append("\(partition.file),\(partition.offset),\(bytes.count)\n".utf8)
        return PartitionCounts(rows: 0, outputRows: 1)
      case .range(let from, let count, _):
        for number in 0..<count { result.append("\(from + Int64(number))\n".utf8) }
        return PartitionCounts(rows: count, outputRows: count)
      }
    }

    private func wait() throws {
      var span = timespec(
        tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
      var left = timespec()
      while nanosleep(&span, &left) != 0 {
        // A signal ends the wait early and leaves the rest of it in `left`.
        span = left
        guard errno == EINTR else {
          throw OperatorError(.operating, "sleep cannot wait: \(String(cString: strerror(errno)))")
        }
      }
    }
  }
}
