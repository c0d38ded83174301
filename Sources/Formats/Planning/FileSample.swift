import Operators

/// The first bytes of a file's records, read for a look at what is in them.
struct FileSample {
  /// The bytes.
  let bytes: [UInt8]
  /// Whether the file goes on behind them, so that the last record may be cut off.
  let isCut: Bool

  /// Bytes taken from the first file that has records.
  static let firstLength = 1 << 20
  /// Bytes taken from each further file.
  static let furtherLength = 64 << 10
  /// Further files that are looked at.
  static let furtherFiles = 16

  /// Reads up to `length` bytes from the first record on.
  init(_ file: SourceFile, firstRecord: Int64, length: Int) throws(SourceError) {
    let reader = try FileReader(path: file.path, planned: file)
    let count = Int(min(Int64(length), file.size - firstRecord))
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    defer { memory.deallocate() }
    if let base = memory.baseAddress {
      try reader.readExactly(into: base, count: count, at: firstRecord)
    }
    bytes = Array(memory.prefix(count))
    isCut = firstRecord + Int64(count) < file.size
  }

  /// The samples of a source: the same for the same files, whatever else is different.
  ///
  /// The beginning of the first file that has records, and shorter beginnings of up to
  /// ``furtherFiles`` of those behind it, chosen evenly by index.
  static func samples(
    of files: [SourceFile], firstRecords: [Int64]
  ) throws(SourceError) -> [FileSample] {
    let filled = files.indices.filter { files[$0].size > firstRecords[$0] }
    guard let first = filled.first else { return [] }
    let others = filled.dropFirst()
    let chosen = min(others.count, furtherFiles)
    let further = (0..<chosen).map { filled[1 + $0 * others.count / chosen] }
    var samples = [
      try FileSample(files[first], firstRecord: firstRecords[first], length: firstLength)
    ]
    for index in further {
      samples.append(
        try FileSample(files[index], firstRecord: firstRecords[index], length: furtherLength))
    }
    return samples
  }
}
