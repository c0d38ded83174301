package import Operators

/// Cuts the numbers `from ..< to` into partitions of equal count.
package struct RangeSource: PartitionSource {
  /// None: a range has no file.
  package var files: [SourceFile] { [] }

  private var position: Int64
  private let end: Int64
  private let partition: Int
  private let payload: Int

  /// A range.
  ///
  /// - Parameters:
  ///   - from: the first number.
  ///   - to: the number behind the last; an empty range where it is not above `from`.
  ///   - partition: numbers in a partition, at least 1.
  ///   - payload: bytes carried for each number.
  /// - Throws: ``SourceError`` when a partition's payload would exceed 1 GiB.
  package init(from: Int64, to: Int64, partition: Int, payload: Int) throws(SourceError) {
    let (bytes, overflow) = max(1, partition).multipliedReportingOverflow(by: max(0, payload))
    guard !overflow, bytes <= 1 << 30 else {
      throw SourceError(
        path: "range",
        message: "a partition of \(partition) numbers with \(payload) bytes each is larger than "
          + "1 GiB; lower source.partition or source.range.payload")
    }
    position = from
    end = max(from, to)
    self.partition = max(1, partition)
    self.payload = max(0, payload)
  }

  /// The next partition, or `nil` after the last.
  package mutating func next() -> PartitionSlice? {
    guard position < end else { return nil }
    let left = UInt64(bitPattern: end &- position)
    let count = Int(min(UInt64(partition), left))
    defer { position += Int64(count) }
    return .range(from: position, count: count, payload: payload)
  }
}
