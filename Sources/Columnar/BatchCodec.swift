/// Batches as bytes.
///
/// Little-endian, without padding:
///
/// | bytes | what |
/// |---|---|
/// | 2 | the letters `MB` |
/// | 1 | version, 1 |
/// | 1 | 0 |
/// | 4 | columns |
/// | 4 | rows |
///
/// and for each column:
///
/// | bytes | what |
/// |---|---|
/// | 1 | raw value of ``ColumnType`` |
/// | 1 | 1 when a bitmap of validity follows, else 0 |
/// | ⌈rows ÷ 8⌉ | the bitmap: row `r` has a value when bit `r mod 8` of byte `r ÷ 8` is 1 |
/// | … | the values |
///
/// Values are 1 byte (`boolean`), 4 (`integer`, `date`) or 8 (`bigint`, `timestamp`, `timestamptz`
/// and `double`) each. `numeric` is all coefficients, 16 bytes each, and then all scales, a byte
/// each. `text` is all lengths, 4 bytes each, and then all bytes. `interval` is 16 bytes each:
/// microseconds (8), days (4), months (4). Where there is NULL, all is zero,
/// so that equal batches are equal bytes.
package enum BatchCodec {
  /// The version that is written and read.
  package static let version: UInt8 = 1
  /// The largest number of columns.
  package static let maximumColumns = 65_536
  /// The largest number of rows.
  package static let maximumRows = Int(Int32.max)

  static let headerLength = 12
  static let magic: (UInt8, UInt8) = (UInt8(ascii: "M"), UInt8(ascii: "B"))

  /// The number of bytes that ``encode(_:into:)`` appends.
  package static func encodedLength(_ batch: Batch) -> Int {
    batch.columns.reduce(headerLength) { $0 + encodedLength($1, rows: batch.count) }
  }

  /// Appends a batch to `sink`; read it back with ``decode(_:at:owner:)``.
  ///
  /// Every column holds at least as many values as the batch has rows.
  package static func encode<Sink: ByteSink & ~Copyable>(_ batch: Batch, into sink: inout Sink) {
    precondition(batch.columns.count <= maximumColumns, "too many columns to encode")
    precondition(batch.count >= 0 && batch.count <= maximumRows, "too many rows to encode")
    let length = encodedLength(batch)
    var writer = Writer(place: sink.reserve(length))
    writer.write(magic.0)
    writer.write(magic.1)
    writer.write(version)
    writer.write(UInt8(0))
    writer.write(UInt32(batch.columns.count))
    writer.write(UInt32(batch.count))
    for column in batch.columns { writer.write(column, rows: batch.count) }
    sink.advance(by: length)
  }

  private static func encodedLength(_ column: ColumnVector, rows: Int) -> Int {
    precondition(column.count >= rows, "a column has fewer values than its batch has rows")
    let head = 2 + (hasNull(column, rows: rows) ? (rows + 7) / 8 : 0)
    switch column.type {
    case .numeric: return head + rows * 17
    case .text:
      let views = column.values(as: StringView.self)
      var bytes = 0
      for row in 0..<rows where column.validity[row] != 0 { bytes += Int(views[row].length) }
      return head + rows * 4 + bytes
    default: return head + rows * column.type.stride
    }
  }

  /// Whether there is a NULL, which ``ColumnVector/hasNulls`` only says there may be.
  fileprivate static func hasNull(_ column: ColumnVector, rows: Int) -> Bool {
    guard column.hasNulls else { return false }
    for row in 0..<rows where column.validity[row] == 0 { return true }
    return false
  }

  /// Writes at a place with enough room.
  private struct Writer {
    var place: UnsafeMutableRawPointer

    @inline(__always)
    mutating func write<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
      place.storeBytes(of: value.littleEndian, as: Value.self)
      place += MemoryLayout<Value>.size
    }

    mutating func write(_ column: ColumnVector, rows: Int) {
      write(column.type.rawValue)
      let validity = BatchCodec.hasNull(column, rows: rows) ? column.validity : nil
      write(UInt8(validity == nil ? 0 : 1))
      if let validity { writeBitmap(validity, rows) }
      switch column.type {
      case .boolean: writeValues(column.values(as: UInt8.self), validity, rows)
      case .integer, .date: writeValues(column.values(as: UInt32.self), validity, rows)
      case .bigint, .timestamp, .timestamptz, .double:
        writeValues(column.values(as: UInt64.self), validity, rows)
      case .numeric: writeNumerics(column.values(as: Numeric.self), validity, rows)
      case .text: writeText(column.values(as: StringView.self), validity, rows)
      case .interval: writeIntervals(column.values(as: Interval.self), validity, rows)
      }
    }

    private mutating func writeBitmap(_ validity: UnsafeMutablePointer<UInt8>, _ rows: Int) {
      var row = 0
      while row < rows {
        var bits: UInt8 = 0
        for bit in 0..<min(8, rows - row) {
          bits |= (validity[row + bit] & 1) << UInt8(bit)
        }
        write(bits)
        row += 8
      }
    }

    @inline(__always)
    private mutating func writeValues<Value: FixedWidthInteger & BitwiseCopyable>(
      _ values: UnsafeMutablePointer<Value>, _ validity: UnsafeMutablePointer<UInt8>?, _ rows: Int
    ) {
      if let validity {
        for row in 0..<rows { write(validity[row] != 0 ? values[row] : 0) }
      } else {
        for row in 0..<rows { write(values[row]) }
      }
    }

    @inline(__always)
    private func isNull(_ validity: UnsafeMutablePointer<UInt8>?, _ row: Int) -> Bool {
      guard let validity else { return false }
      return validity[row] == 0
    }

    private mutating func writeNumerics(
      _ values: UnsafeMutablePointer<Numeric>, _ validity: UnsafeMutablePointer<UInt8>?,
      _ rows: Int
    ) {
      for row in 0..<rows {
        let coefficient = isNull(validity, row) ? 0 : values[row].coefficient
        write(UInt64(truncatingIfNeeded: coefficient))
        write(UInt64(truncatingIfNeeded: coefficient >> 64))
      }
      for row in 0..<rows {
        write(isNull(validity, row) ? 0 : UInt8(truncatingIfNeeded: values[row].scale))
      }
    }

    private mutating func writeIntervals(
      _ values: UnsafeMutablePointer<Interval>, _ validity: UnsafeMutablePointer<UInt8>?,
      _ rows: Int
    ) {
      for row in 0..<rows {
        let value = isNull(validity, row) ? .zero : values[row]
        write(value.microseconds)
        write(value.days)
        write(value.months)
      }
    }

    private mutating func writeText(
      _ views: UnsafeMutablePointer<StringView>, _ validity: UnsafeMutablePointer<UInt8>?,
      _ rows: Int
    ) {
      for row in 0..<rows {
        write(isNull(validity, row) ? 0 : views[row].length)
      }
      for row in 0..<rows where !isNull(validity, row) {
        let length = Int(views[row].length)
        place.copyMemory(from: views[row].start, byteCount: length)
        place += length
      }
    }
  }
}
