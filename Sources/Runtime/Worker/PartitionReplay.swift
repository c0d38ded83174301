package import Operators
package import PipelineCore
import Wire

/// Carries a stage out on one partition in this process: what a worker did, to look at closely.
package struct PartitionReplay: Sendable {
  package var counts: PartitionCounts
  /// The result as the sink would get it.
  package var result: [UInt8]
  package var digest: UInt64
  /// Time that the operators took.
  package var elapsed: Span

  /// Processes a partition.
  ///
  /// - Throws: ``Failure``, as the worker would answer it. An operator that ends its process ends this
  ///   one.
  package init(
    _ specification: StageSpecification, index: UInt32, slice: RunStorage.QuarantinedSlice,
    registry: OperatorRegistry
  ) throws(Failure) {
    let runner: StageRunner
    do {
      runner = try StageRunner(specification, registry: registry)
    } catch {
      throw Failure(.configuration, "stage '\(specification.name)': \(error)")
    }
    let (content, payload) = try Self.delivery(of: slice)
    let memory = ResultMemory()
    let start = MonotonicClock.now
    var counts = PartitionCounts(rows: 0)
    var outcome: Result<Void, Failure> = .success(())
    payload.withUnsafeBytes { bytes in
      do throws(Failure) {
        counts = try runner.process(
          LaneEntry(index: index, attempt: 1, content: content), payload: bytes, into: memory)
      } catch {
        outcome = .failure(error)
      }
    }
    try outcome.get()
    elapsed = MonotonicClock.now - start
    self.counts = counts
    result = [UInt8](memory.buffer.bytes)
    digest = result.withUnsafeBytes { Digest.xxh3($0) }
  }

  /// The partition as it travels inline, and its bytes.
  private static func delivery(
    of slice: RunStorage.QuarantinedSlice
  ) throws(Failure) -> (LaneEntry.Content, [UInt8]) {
    switch slice {
    case .file(let index, let offset, _, let bytes):
      guard let bytes else {
        throw Failure(.operating, "its bytes could not be kept: its file had changed or was gone")
      }
      let digest = bytes.withUnsafeBytes { Digest.xxh3($0) }
      return (
        .inline(file: UInt32(index), offset: offset, length: bytes.count, digest: digest), bytes
      )
    case .range(let from, let count, let payload):
      let bytes = [UInt8](repeating: 0, count: count * payload)
      let digest = bytes.withUnsafeBytes { Digest.xxh3($0) }
      return (
        .range(from: from, count: UInt32(count), length: bytes.count, digest: digest), bytes
      )
    }
  }
}
