import Operators
import PipelineCore
import Wire

/// Carries out a stage's operators on partitions, on the compute thread.
final class StageRunner {
  private let parts: [any WorkerPart]
  private let files: FileMap
  private lazy var decompressor = Zstandard.Decompressor()
  /// Buffers between two operators.
  private var between: ResultMemory
  private var betweenNext: ResultMemory

  /// Makes the operators.
  ///
  /// - Parameter isOnOneHost: as in ``PlannedFile/init(_:index:isOnOneHost:)``.
  /// - Throws: what the registry or the operators throw.
  init(
    _ specification: StageSpecification, registry: OperatorRegistry, isOnOneHost: Bool = true
  ) throws {
    parts = try specification.steps.map { step in
      try registry.make(step.operator, configuration: step.configuration).makeWorkerPart()
    }
    files = FileMap(files: specification.files, isOnOneHost: isOnOneHost)
    between = ResultMemory()
    betweenNext = ResultMemory()
  }

  /// Whether the stage has files and all of them are the very same here.
  var seesFiles: Bool { files.areThere }

  /// Processes one partition and appends its result to `result`.
  ///
  /// - Returns: counts: rows and skipped are the first operator's, output rows the last one's.
  /// - Throws: ``Failure``.
  func process(
    _ entry: LaneEntry, payload: UnsafeRawBufferPointer, into result: ResultMemory
  ) throws(Failure) -> PartitionCounts {
    do {
      switch entry.content {
      case .inline(let file, let offset, _, _):
        try verify(entry, payload)
        return try run(
          PartitionInput(content: .bytes(payload), file: Int(file), offset: offset), into: result)
      case .compressed(let file, let offset, _, _, let size):
        try verify(entry, payload)
        let bytes = try decompressor.decompress(payload, size: Int(size))
        return try run(
          PartitionInput(content: .bytes(bytes), file: Int(file), offset: offset), into: result)
      case .reference(let file, let offset, let length):
        return try files.withSlice(file: Int(file), offset: offset, length: length) {
          bytes, progress in
          try run(
            PartitionInput(
              content: .bytes(bytes), file: Int(file), offset: offset, progress: progress),
            into: result)
        }
      case .range(let from, let count, _, _):
        try verify(entry, payload)
        let content = PartitionInput.Content.range(from: from, count: Int(count), payload: payload)
        return try run(PartitionInput(content: content, file: -1, offset: from), into: result)
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.operating, "\(error)")
    }
  }

  private func verify(_ entry: LaneEntry, _ payload: UnsafeRawBufferPointer) throws(Failure) {
    do {
      try entry.verify(payload: payload)
    } catch {
      throw Failure(.operating, error.message)
    }
  }

  private func run(_ input: PartitionInput, into result: ResultMemory) throws -> PartitionCounts {
    if parts.count == 1 { return try run(parts[0], input, into: result, isFirst: true) }
    between.buffer.removeAll()
    var counts = try run(parts[0], input, into: between, isFirst: true)
    for position in 1..<parts.count {
      swap(&between, &betweenNext)
      between.buffer.removeAll()
      let input = PartitionInput(content: .bytes(betweenNext.buffer.bytes), file: -1, offset: 0)
      let target = position == parts.count - 1 ? result : between
      counts.outputRows = try run(parts[position], input, into: target, isFirst: false).outputRows
    }
    return counts
  }

  private func run(
    _ part: any WorkerPart, _ input: PartitionInput, into target: ResultMemory, isFirst: Bool
  ) throws -> PartitionCounts {
    let before = target.buffer.count
    do {
      return try part.process(input, into: &target.buffer)
    } catch let error as OperatorError {
      target.buffer.truncate(to: before)
      throw Failure(error, input: input, isFirst: isFirst)
    }
  }
}

/// A result buffer with an owner that outlives the call: sent without a copy.
///
/// `@unchecked Sendable`: one thread appends until the buffer is handed over to be sent; from then
/// on nobody changes it.
final class ResultMemory: @unchecked Sendable {
  // For the same reason nobody checks at run time that there is one access at a time.
  @exclusivity(unchecked) var buffer = ResultBuffer()

  /// An empty buffer.
  init() {}
}

extension Failure {
  /// A failure of an operator, with its place in the source's file where there is one.
  fileprivate init(_ error: OperatorError, input: PartitionInput, isFirst: Bool) {
    let kind: Kind =
      switch error.code {
      case .data: .data
      case .configuration: .configuration
      case .operating: .operating
      }
    guard isFirst, input.file >= 0, let recordOffset = error.recordOffset else {
      self.init(kind, error.message)
      return
    }
    self.init(
      kind, error.message, file: Int32(input.file), offset: input.offset + Int64(recordOffset),
      field: UInt32(clamping: error.field ?? 0))
  }
}
