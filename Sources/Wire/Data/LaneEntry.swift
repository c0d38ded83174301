/// A partition on its way to a worker.
package struct LaneEntry: DataEntry {
  package var index: UInt32
  package var attempt: UInt16
  /// Where the partition's data is.
  package var content: Content

  /// Describes a partition.
  @inlinable package init(index: UInt32, attempt: UInt16, content: Content) {
    self.index = index
    self.attempt = attempt
    self.content = content
  }

  /// Where the partition's data is.
  package enum Content: Sendable, Equatable {
    /// `length` bytes, originally from `offset` of the file, travel in the second frame.
    case inline(file: UInt32, offset: Int64, length: Int, digest: UInt64)
    /// The same as a Zstandard frame (RFC 8878) of `length` bytes, `size` bytes when it is
    /// decompressed.
    case compressed(file: UInt32, offset: Int64, length: Int, digest: UInt64, size: UInt32)
    /// The worker reads `length` bytes from `offset` of the file itself.
    case reference(file: UInt32, offset: Int64, length: Int)
    /// The numbers `from ..< from + count`; `length` bytes, the same number for each of them, travel
    /// in the second frame.
    case range(from: Int64, count: UInt32, length: Int, digest: UInt64)
  }

  package var payloadLength: Int {
    switch content {
    case .inline(_, _, let length, _), .compressed(_, _, let length, _, _),
      .range(_, _, let length, _):
      length
    case .reference: 0
    }
  }

  package var payloadDigest: UInt64? {
    switch content {
    case .inline(_, _, _, let digest), .compressed(_, _, _, let digest, _),
      .range(_, _, _, let digest):
      digest
    case .reference: nil
    }
  }
}
