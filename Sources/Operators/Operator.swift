/// What a stage does to its partitions: a worker part that runs in every worker process and a sink
/// part that merges what the workers answered.
///
/// An operator is described by a name and configuration bytes, travels to the workers as those, and
/// is made again there by an ``OperatorRegistry``. Its result must depend on the partition alone:
/// partitions are processed at least once, in any order, by any worker.
public protocol Operator: Sendable {
  /// Makes the part that turns a partition into a result. Called once for each compute thread.
  ///
  /// - Throws: ``OperatorError`` when the configuration cannot be carried out.
  func makeWorkerPart() throws -> any WorkerPart

  /// Makes the part that merges results in partition order.
  ///
  /// - Throws: ``OperatorError`` when the configuration cannot be carried out.
  func makeSinkPart() throws -> any SinkPart
}

/// The part of an ``Operator`` that runs in a worker, one partition after the other on one thread.
public protocol WorkerPart: AnyObject {
  /// Processes one partition and appends its result's bytes to `result`.
  ///
  /// - Parameters:
  ///   - partition: the bytes and their place; valid during the call only.
  ///   - result: an empty buffer to append to.
  /// - Returns: what was counted on the way.
  /// - Throws: ``OperatorError`` naming the byte of the partition that cannot be processed.
  func process(_ partition: PartitionInput, into result: inout ResultBuffer) throws
    -> PartitionCounts
}

/// The part of an ``Operator`` that runs at the sink, on one thread.
public protocol SinkPart: AnyObject {
  /// Whether results are joined end to end (``ResultMerge/concatenate``) or merged pairwise.
  var merge: ResultMerge { get }

  /// Bytes that stand before all results in the output, such as a header line.
  func header() throws -> [UInt8]

  /// Reads one partition's result into a state that can be merged. Only for ``ResultMerge/tree``.
  func decode(_ result: UnsafeRawBufferPointer) throws -> any MergeState

  /// Renders the merged state and appends it to the output by calling `write` with pieces in order.
  ///
  /// - Parameter state: `nil` when there was no partition at all.
  /// - Returns: the number of rows written.
  func finish(
    _ state: (any MergeState)?, write: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int
}

/// How results become one output.
public enum ResultMerge: Sendable, Equatable {
  /// The output is the results' bytes in partition order; each result counts `outputRows` rows.
  case concatenate
  /// As ``concatenate``, and the output ends after this many rows; the last result that fits only in
  /// part is cut by ``ResultTrimmer``.
  case concatenateFirst(rows: Int)
  /// Results are decoded and merged pairwise, left before right, in a tree whose shape depends on
  /// the number of partitions only.
  case tree
}

/// A sink part whose results can be cut after a number of rows.
public protocol ResultTrimmer: SinkPart {
  /// The number of leading bytes of `result` that hold its first `rows` rows.
  func prefixLength(of result: UnsafeRawBufferPointer, rows: Int) throws -> Int
}

/// A state merged at the sink.
public protocol MergeState: AnyObject {
  /// Takes in the state of the partitions that directly follow this one's.
  ///
  /// Called on any thread. Each state is in one merge at a time; others may be merged meanwhile.
  func merge(_ right: any MergeState) throws
}

/// What processing a partition counted.
public struct PartitionCounts: Sendable, Equatable {
  /// Records read.
  public var rows: Int
  /// Records left out because they were bad and the topology said to skip those.
  public var skipped: Int
  /// Rows in this partition's result; the output's row count where results are concatenated.
  public var outputRows: Int

  /// Counts of one partition.
  public init(rows: Int, skipped: Int = 0, outputRows: Int = 0) {
    self.rows = rows
    self.skipped = skipped
    self.outputRows = outputRows
  }
}
