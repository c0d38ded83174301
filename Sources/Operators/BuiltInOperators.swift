/// Answers every partition with an empty result: measures dispatch and nothing else.
public struct NoopOperator: Operator {
  /// The operator; it has no configuration.
  public init() {}

  /// A part that reads nothing.
  public func makeWorkerPart() -> any WorkerPart { Worker() }

  /// A part that joins empty results.
  public func makeSinkPart() -> any SinkPart { ConcatenatingSinkPart() }

  private final class Worker: WorkerPart {
    func process(_ partition: PartitionInput, into result: inout ResultBuffer) -> PartitionCounts {
      switch partition.content {
      case .bytes: PartitionCounts(rows: 0)
      case .range(_, let count, _): PartitionCounts(rows: count)
      }
    }
  }
}

/// Answers every partition with its own bytes: measures dispatch and the way of the data.
public struct EchoOperator: Operator {
  /// The operator; it has no configuration.
  public init() {}

  /// A part that copies its input.
  public func makeWorkerPart() -> any WorkerPart { Worker() }

  /// A part that joins results in partition order, so that the output is the input.
  public func makeSinkPart() -> any SinkPart { ConcatenatingSinkPart() }

  private final class Worker: WorkerPart {
    func process(_ partition: PartitionInput, into result: inout ResultBuffer) -> PartitionCounts {
      switch partition.content {
      case .bytes(let bytes):
        result.append(bytes)
        return PartitionCounts(rows: 0)
      case .range(_, let count, let payload):
        result.append(payload)
        return PartitionCounts(rows: count, outputRows: count)
      }
    }
  }
}

/// The sink part of operators whose output is their results' bytes in partition order.
public final class ConcatenatingSinkPart: SinkPart {
  /// The part.
  public init() {}

  /// Always ``ResultMerge/concatenate``.
  public var merge: ResultMerge { .concatenate }

  /// Nothing stands before the results.
  public func header() -> [UInt8] { [] }

  /// Never called: results are joined, not merged.
  public func decode(_ result: UnsafeRawBufferPointer) throws -> any MergeState {
    preconditionFailure("results of this operator are concatenated, not merged")
  }

  /// Nothing stands after the results.
  public func finish(
    _ state: (any MergeState)?, write: (UnsafeRawBufferPointer) throws -> Void
  ) -> Int { 0 }
}
