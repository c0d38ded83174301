/// Writes the columns of one block one after the other.
struct ColumnWriter {
  /// Room for the columns of all results.
  let memory: UnsafeMutableRawBufferPointer
  /// Bytes written, a multiple of 8.
  private(set) var end = 0

  /// Writes to the start of `memory`, which has room for
  /// `SegmentFormat.columns * (results + 1) * 8` bytes.
  init(to memory: UnsafeMutableRawBufferPointer) { self.memory = memory }

  /// Writes a column and says how.
  @inline(__always)
  mutating func write(
    _ results: UnsafeBufferPointer<NewResult>, _ value: (NewResult) -> UInt64
  ) -> UInt8 {
    let first = value(results[0])
    var bits: UInt64 = 0
    var differing: UInt64 = 0
    for result in results {
      let value = value(result)
      bits |= value
      differing |= value ^ first
    }
    if differing == 0 { return writeConstant(first) }
    return writeArray(results, width: ColumnEncoding.width(of: bits), value)
  }

  /// Writes the column of the indexes and says how.
  mutating func writeIndexes(_ results: UnsafeBufferPointer<NewResult>) -> UInt8 {
    var runs = 1
    var bits = results[0].index
    for position in results.indices.dropFirst() {
      let index = results[position].index
      bits |= index
      if UInt64(index) != UInt64(results[position - 1].index) + 1 { runs += 1 }
    }
    if results.count == 1 { return writeConstant(UInt64(bits)) }
    let width = ColumnEncoding.width(of: UInt64(bits))
    if (runs + 1) * 8 < SegmentFormat.aligned(results.count * width) {
      return writeRuns(results, count: runs)
    }
    return writeArray(results, width: width) { UInt64($0.index) }
  }

  private mutating func writeConstant(_ value: UInt64) -> UInt8 {
    memory.put(value, at: end)
    end += 8
    return ColumnEncoding.constant
  }

  private mutating func writeRuns(
    _ results: UnsafeBufferPointer<NewResult>, count: Int
  ) -> UInt8 {
    memory.put(UInt64(count), at: end)
    end += 8
    var start = 0
    for position in 1...results.count {
      if position < results.count,
        UInt64(results[position].index) == UInt64(results[position - 1].index) + 1
      {
        continue
      }
      memory.put(results[start].index, at: end)
      memory.put(UInt32(position - start), at: end + 4)
      end += 8
      start = position
    }
    return ColumnEncoding.runs
  }

  @inline(__always)
  private mutating func writeArray(
    _ results: UnsafeBufferPointer<NewResult>, width: Int, _ value: (NewResult) -> UInt64
  ) -> UInt8 {
    switch width {
    case 1: fill(results, as: UInt8.self, value)
    case 2: fill(results, as: UInt16.self, value)
    case 4: fill(results, as: UInt32.self, value)
    default: fill(results, as: UInt64.self, value)
    }
    return UInt8(width)
  }

  @inline(__always)
  private mutating func fill<Number: FixedWidthInteger & BitwiseCopyable>(
    _ results: UnsafeBufferPointer<NewResult>, as type: Number.Type,
    _ value: (NewResult) -> UInt64
  ) {
    for result in results {
      memory.put(Number(truncatingIfNeeded: value(result)), at: end)
      end += MemoryLayout<Number>.size
    }
    while end % SegmentFormat.alignment != 0 {
      memory.put(UInt8(0), at: end)
      end += 1
    }
  }
}
