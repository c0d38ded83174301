import Foundation
import Glibc
import Millrace

/// Tells a file when it begins a partition, then waits, and answers with the partition's numbers, a
/// line each: shows from outside who did what, and when.
struct TracingOperator: Operator {
  /// What topologies call it.
  static let name = "trace"

  private struct Configuration: Decodable {
    /// Time that a partition takes.
    var milliseconds: Double
    /// Where partitions differ: the time of the longest, of which there are as many as of the shortest.
    var longest: Double?
    /// Which of them takes how long.
    var seed: UInt64?
    /// The numbers with which a partition must not begin: its process ends there with a trap.
    var deadly: [Int64]?
    /// The file that lines `PARTITION PROCESS NANOSECONDS` are appended to.
    var trace: String
  }

  private let configuration: Configuration

  /// Seconds that the partition with this number takes, anywhere between the shortest and the longest
  /// with the same chance on a logarithmic scale.
  static func seconds(of number: Int64, from shortest: Double, to longest: Double, seed: UInt64)
    -> Double
  {
    var random = SplitMix64(seed: seed &+ UInt64(bitPattern: number) &* 0x9e37_79b9_7f4a_7c15)
    let place = Double(random.next() >> 11) / Double(1 << 53)
    return shortest * pow(longest / shortest, place)
  }

  /// The operator that a JSON object with `milliseconds` and `trace` describes.
  ///
  /// - Throws: ``OperatorError`` with code `configuration` when the configuration is not that.
  init(configuration: [UInt8]) throws {
    do {
      self.configuration = try JSONDecoder().decode(
        Configuration.self, from: Data(configuration))
    } catch {
      throw OperatorError(.configuration, "trace needs milliseconds and trace: \(error)")
    }
  }

  func makeWorkerPart() throws -> any WorkerPart { try Worker(configuration) }

  func makeSinkPart() -> any SinkPart { ConcatenatingSinkPart() }

  private final class Worker: WorkerPart {
    private let descriptor: Int32
    private let configuration: Configuration
    private let deadly: [Int64]

    init(_ configuration: Configuration) throws {
      self.configuration = configuration
      deadly = configuration.deadly ?? []
      // Each line is one write to the end of the file, so lines of many workers do not mix.
      descriptor = open(configuration.trace, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Self.error(configuration.trace) }
    }

    deinit { close(descriptor) }

    func process(
      _ partition: PartitionInput, into result: inout ResultBuffer
    ) throws -> PartitionCounts {
      guard case .range(let from, let count, _) = partition.content else {
        throw OperatorError(.configuration, "trace takes a range; change the source")
      }
      let line = Array("\(from) \(getpid()) \(Monotonic.nanoseconds)\n".utf8)
      guard line.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == line.count
      else { throw Self.error("the trace") }
      if deadly.contains(from) { fatalError("number \(from) is more than this operator can bear") }
      Monotonic.pause(seconds: seconds(of: from))
      for number in 0..<count { result.append("\(from + Int64(number))\n".utf8) }
      return PartitionCounts(rows: count, outputRows: count)
    }

    private func seconds(of number: Int64) -> Double {
      TracingOperator.seconds(
        of: number, from: configuration.milliseconds / 1000,
        to: (configuration.longest ?? configuration.milliseconds) / 1000,
        seed: configuration.seed ?? 0)
    }

    private static func error(_ what: String) -> OperatorError {
      OperatorError(
        .operating, "\(what) cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
