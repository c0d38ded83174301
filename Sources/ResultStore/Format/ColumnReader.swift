/// The columns of one block, as numbers. Keeps its memory from block to block.
struct ColumnReader {
  private(set) var index: ContiguousArray<UInt64> = []
  private(set) var digest: ContiguousArray<UInt64> = []
  private(set) var rows: ContiguousArray<UInt64> = []
  private(set) var skipped: ContiguousArray<UInt64> = []
  private(set) var outputRows: ContiguousArray<UInt64> = []
  private(set) var length: ContiguousArray<UInt64> = []

  /// Reads the columns of a block; returns whether they are as the format says.
  mutating func read(_ bytes: UnsafeRawBufferPointer, _ header: BlockHeader) -> Bool {
    var rest = bytes
    let (count, encodings) = (header.count, header.encodings)
    let narrow = UInt64(UInt32.max)
    return Self.readIndexes(&index, encodings[0], count, from: &rest)
      && Self.read(&digest, encodings[1], count, atMost: .max, from: &rest)
      && Self.read(&rows, encodings[2], count, atMost: narrow, from: &rest)
      && Self.read(&skipped, encodings[3], count, atMost: narrow, from: &rest)
      && Self.read(&outputRows, encodings[4], count, atMost: narrow, from: &rest)
      && Self.read(&length, encodings[5], count, atMost: UInt64(header.payloadLength), from: &rest)
      && rest.isEmpty && sum(to: UInt64(header.payloadLength))
  }

  /// Whether the payloads are as long together as the header says. No overflow: each of at most
  /// 2^16 lengths is at most 2^60, and the sum is left where it goes beyond.
  private func sum(to total: UInt64) -> Bool {
    var sum: UInt64 = 0
    for length in length {
      sum += length
      if sum > total { return false }
    }
    return sum == total
  }

  private static func readIndexes(
    _ column: inout ContiguousArray<UInt64>, _ encoding: UInt8, _ count: Int,
    from rest: inout UnsafeRawBufferPointer
  ) -> Bool {
    guard encoding == ColumnEncoding.runs else {
      return read(&column, encoding, count, atMost: UInt64(UInt32.max), from: &rest)
    }
    column.removeAll(keepingCapacity: true)
    guard let head = take(8, from: &rest) else { return false }
    let runs = head.number(0, as: UInt64.self)
    guard runs <= UInt64(count), let bytes = take(Int(runs) * 8, from: &rest) else { return false }
    for run in 0..<Int(runs) {
      let first = UInt64(bytes.number(run * 8, as: UInt32.self))
      let length = UInt64(bytes.number(run * 8 + 4, as: UInt32.self))
      guard length <= UInt64(count - column.count), first + length <= UInt64(1) << 32 else {
        return false
      }
      column.append(contentsOf: first..<first + length)
    }
    return column.count == count
  }

  private static func read(
    _ column: inout ContiguousArray<UInt64>, _ encoding: UInt8, _ count: Int, atMost limit: UInt64,
    from rest: inout UnsafeRawBufferPointer
  ) -> Bool {
    column.removeAll(keepingCapacity: true)
    switch encoding {
    case ColumnEncoding.constant:
      guard let bytes = take(8, from: &rest) else { return false }
      column.append(contentsOf: repeatElement(bytes.number(0, as: UInt64.self), count: count))
    case 1: guard fill(&column, UInt8.self, count, from: &rest) else { return false }
    case 2: guard fill(&column, UInt16.self, count, from: &rest) else { return false }
    case 4: guard fill(&column, UInt32.self, count, from: &rest) else { return false }
    case 8: guard fill(&column, UInt64.self, count, from: &rest) else { return false }
    default: return false
    }
    return column.allSatisfy { $0 <= limit }
  }

  private static func fill<Number: FixedWidthInteger & BitwiseCopyable & UnsignedInteger>(
    _ column: inout ContiguousArray<UInt64>, _ type: Number.Type, _ count: Int,
    from rest: inout UnsafeRawBufferPointer
  ) -> Bool {
    let width = MemoryLayout<Number>.size
    guard let bytes = take(SegmentFormat.aligned(count * width), from: &rest) else { return false }
    for position in 0..<count {
      column.append(UInt64(bytes.number(position * width, as: type)))
    }
    return true
  }

  private static func take(
    _ count: Int, from rest: inout UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    guard count <= rest.count else { return nil }
    defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
    return UnsafeRawBufferPointer(rebasing: rest[..<count])
  }
}
