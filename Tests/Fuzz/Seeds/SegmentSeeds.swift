import PipelineCore
import ResultStore
import Simulation

/// Stores whose blocks use every encoding of columns.
enum SegmentSeeds {
  static var inputs: [[UInt8]] {
    [
      [one], [one, one], [one + many], [spread, []], [one, many, spread],
    ].map { SegmentInput.encoded(segments(of: $0)) }
  }

  private static let payload = [UInt8](0..<24)

  private static let one: [UInt32] = [5]
  private static let many: [UInt32] = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]
  private static let spread: [UInt32] = [9, 300, 70_000, 8, 1 << 21]

  /// The segments of a store to which a block with a result for each index was appended, in turn.
  private static func segments(of blocks: [[UInt32]]) -> [[UInt8]] {
    let disk = SimulatedDisk(seed: 1)
    do {
      // Small, so that the third block begins another segment.
      var store = ResultStore(
        disk: disk, run: SegmentInput.run, stage: SegmentInput.stage, segmentSize: 900)
      _ = try store.recover { _ in }
      for indexes in blocks where !indexes.isEmpty {
        try payload.withUnsafeBytes { bytes in _ = try store.append(results(indexes, bytes)) }
      }
      return try disk.names().prefix(2).map { name in
        var bytes = [UInt8](repeating: 0, count: Int(try disk.size(of: name)))
        try bytes.withUnsafeMutableBytes { try disk.read(name, at: 0, into: $0) }
        return bytes
      }
    } catch {
      fatalError("the disk in memory fails: \(error)")
    }
  }

  private static func results(
    _ indexes: [UInt32], _ bytes: UnsafeRawBufferPointer
  ) -> [NewResult] {
    indexes.enumerated().map { position, index in
      NewResult(
        index: index, digest: UInt64(index) << 20, rows: index, skipped: 0,
        outputRows: UInt32(position) * 1000,
        payload: UnsafeRawBufferPointer(rebasing: bytes[..<(position % bytes.count)]))
    }
  }
}
