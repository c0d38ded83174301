package import Operators

/// Cuts files into partitions of whole records, in order, the same way every time.
///
/// A partition ends with the first record that ends `partition` or more bytes behind its start, or
/// with its file. Cut points depend on the files' bytes, the format and `partition` alone. One file
/// is open at a time, read through a bounded buffer.
package final class FileSource: PartitionSource {
  /// The files that slices refer to by index.
  package let files: [SourceFile]

  private let format: InputFormat
  private let partition: Int64
  private let firstRecords: [Int64]
  private var index = 0
  private var position: Int64 = 0
  private var boundary: (any RecordBoundary)?

  /// A source of planned files.
  ///
  /// - Parameters:
  ///   - input: the files, and where the first record of each is.
  ///   - format: how records end.
  ///   - partition: bytes, at least 1; `bytes` cuts at exact multiples of it.
  package init(_ input: PlannedInput, format: InputFormat, partition: Int) {
    precondition(input.files.count == input.firstRecords.count)
    files = input.files
    firstRecords = input.firstRecords
    self.format = format
    self.partition = Int64(max(1, partition))
    position = firstRecords.first ?? 0
  }

  /// The next partition, or `nil` after the last.
  ///
  /// - Throws: ``SourceError`` when a file cannot be read, changed since it was planned, or holds a
  ///   record longer than the format allows.
  package func next() throws -> PartitionSlice? {
    while index < files.count, position >= files[index].size {
      index += 1
      boundary = nil
      position = index < files.count ? firstRecords[index] : 0
    }
    guard index < files.count else { return nil }
    let start = position
    position = try end(from: start, of: files[index])
    return .file(index: index, offset: start, length: Int(position - start))
  }

  private func end(from start: Int64, of file: SourceFile) throws(SourceError) -> Int64 {
    guard file.size - start > partition else {
      if boundary == nil { try file.verifyUnchanged() }
      return file.size
    }
    if case .bytes = format.kind { return start + partition }
    if boundary == nil {
      boundary = makeRecordBoundary(
        format, try FileReader(path: file.path, planned: file))
    }
    return try boundary?.end(from: start, atOrAfter: start + partition) ?? file.size
  }
}
