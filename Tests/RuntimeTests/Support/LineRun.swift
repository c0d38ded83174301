import Operators
import PipelineCore
import Testing
import ZeroMQ

@testable import Runtime

/// Runs over lines of a file that can be held up, counted and interrupted.
enum LineRun {
  /// 120 partitions of ten lines each.
  static let lines = (0..<1200).map { "line \(1000 + $0)\n" }.joined()
  static let partition = 100
  static let count = 120

  /// How results become the output.
  enum Merging: CaseIterable {
    case joined, first, tree

    func sinkPart() -> any SinkPart {
      switch self {
      case .joined: ConcatenatingSinkPart()
      case .first: FirstLinesSinkPart(rows: 777)
      case .tree: TreeSinkPart(title: "tree:")
      }
    }
  }

  static func withInput(
    _ body: (Context, PrivateDirectory, SourceFile) throws -> Void
  ) throws {
    try withContext { context, directory in
      let path = "\(directory.path)/lines"
      try write(bytes(Self.lines), to: path)
      try body(context, directory, try inspect(path))
    }
  }

  /// Copies its partitions, counts how often each was computed, and may be held up.
  final class Copying: Sendable {
    let computed = Shared<[UInt32: Int]>([:])
    let gate: StartGate

    /// - Parameter held: the partition that is not finished before the gate opens.
    init(held: UInt32? = nil) throws {
      gate = try StartGate()
      self.held = held
    }

    private let held: UInt32?

    var registry: OperatorRegistry {
      OperatorRegistry("copy") { [self] partition, result in
        let index = UInt32(Int(partition.offset) / LineRun.partition)
        if index == held { try gate.wait() }
        computed.update { $0[index, default: 0] += 1 }
        result.append(partition.copy)
        return PartitionCounts(rows: 10, outputRows: 10)
      }
    }
  }

  static func request(
    _ directory: PrivateDirectory, _ file: SourceFile, _ merging: Merging,
    _ storage: RunStorage? = nil, target: OutputTarget = .capture
  ) -> RunRequest {
    .test(
      directory, ["copy"], .cutting(file, into: Self.partition), target: target, storage: storage,
      sinkPart: { merging.sinkPart() }, packPartitions: 2)
  }

  /// The output of a run that nothing interrupts.
  static func reference(
    _ context: Context, _ directory: PrivateDirectory, _ file: SourceFile, _ merging: Merging
  ) throws -> [UInt8] {
    let copying = try Copying()
    let run = try TestRun(
      context, directory.session("reference"), request(directory, file, merging))
    try run.addWorker(copying.registry)
    let end = try run.finish()
    guard case .finished = end.outcome else {
      Issue.record("\(String(describing: end.outcome))")
      return []
    }
    return end.captured
  }

  /// Carries a run out until much is stored and one early partition is not, and cancels it.
  static func interrupt(
    _ directory: PrivateDirectory, _ request: RunRequest, _ stored: () -> Int
  ) throws {
    try withOtherContext { context in
      let copying = try Copying(held: 3)
      defer { copying.gate.open(nil) }
      let run = try TestRun(context, directory.session("first"), request)
      for _ in 0..<2 { try run.addWorker(copying.registry) }
      #expect(run.snapshot.waits { $0.stored.partitions >= 60 && stored() >= 60 })
      run.roles.supervisor.cancel(Failure(.operating, "interrupted"))
      #expect(try run.finish().outcome == .failed(Failure(.operating, "interrupted")))
      #expect(run.recovered == Beat.Progress())
    }
  }

  /// A process of its own, as far as sockets tell.
  private static func withOtherContext(_ body: (Context) throws -> Void) throws {
    let context = try Context()
    do { try body(context) } catch { Issue.record(error) }
    try context.terminate(within: .seconds(10))
  }
}
