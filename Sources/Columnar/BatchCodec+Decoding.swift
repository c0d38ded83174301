extension BatchCodec {
  /// Reads the one batch that `bytes` is.
  ///
  /// As ``decode(_:at:owner:)``; bytes after the batch are an error.
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, owner: AnyObject?
  ) throws(BatchCodecError) -> Batch {
    var offset = 0
    let batch = try decode(bytes, at: &offset, owner: owner)
    guard offset == bytes.count else {
      throw BatchCodecError("\(bytes.count - offset) bytes too many", offset: offset)
    }
    return batch
  }

  /// Reads the batch that begins at `offset` and moves `offset` behind it.
  ///
  /// Takes memory in proportion to `bytes` only, whatever they say. That text is UTF-8 is not
  /// checked.
  ///
  /// - Parameter owner: what keeps `bytes` alive: text then stays where it is. Without one, text is
  ///   copied.
  /// - Throws: ``BatchCodecError`` for bytes that ``encode(_:into:)`` does not write; `offset` is
  ///   then unchanged.
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, at offset: inout Int, owner: AnyObject?
  ) throws(BatchCodecError) -> Batch {
    guard offset >= 0, offset <= bytes.count else {
      throw BatchCodecError("it begins outside the \(bytes.count) bytes", offset: offset)
    }
    var reader = Reader(bytes: bytes, offset: offset)
    guard try reader.integer(UInt8.self) == magic.0, try reader.integer(UInt8.self) == magic.1
    else {
      throw BatchCodecError("it does not begin with 'MB'", offset: offset)
    }
    let version = try reader.integer(UInt8.self)
    guard version == Self.version else {
      throw BatchCodecError(
        "version \(version) where \(Self.version) is known", offset: offset + 2)
    }
    guard try reader.integer(UInt8.self) == 0 else {
      throw BatchCodecError("flags that are not known", offset: offset + 3)
    }
    let columns = Int(try reader.integer(UInt32.self))
    guard columns <= maximumColumns else {
      throw BatchCodecError("\(columns) columns, above \(maximumColumns)", offset: offset + 4)
    }
    let rows = Int(try reader.integer(UInt32.self))
    guard rows <= maximumRows else {
      throw BatchCodecError("\(rows) rows, above \(maximumRows)", offset: offset + 8)
    }
    var batch = Batch(columns: [], count: rows)
    for _ in 0..<columns {
      batch.columns.append(try reader.column(rows: rows, owner: owner))
    }
    offset = reader.offset
    return batch
  }

  /// Reads from bytes of which nothing is believed.
  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var offset: Int

    /// The place of the next `count` bytes, which are passed over.
    mutating func take(_ count: Int, _ what: StaticString) throws(BatchCodecError)
      -> UnsafeRawPointer
    {
      guard count <= bytes.count - offset, let base = bytes.baseAddress else {
        throw BatchCodecError(
          "\(what): \(count) bytes wanted and \(bytes.count - offset) left", offset: offset)
      }
      defer { offset += count }
      return base + offset
    }

    mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
      _: Value.Type
    ) throws(BatchCodecError) -> Value {
      Value(
        littleEndian: try take(MemoryLayout<Value>.size, "header").loadUnaligned(as: Value.self))
    }

    mutating func column(rows: Int, owner: AnyObject?) throws(BatchCodecError) -> ColumnVector {
      let start = offset
      guard let type = ColumnType(rawValue: try integer(UInt8.self)) else {
        throw BatchCodecError("a column type that is not known", offset: start)
      }
      let nulls = try integer(UInt8.self)
      guard nulls <= 1 else {
        throw BatchCodecError("a mark for NULL that is neither 0 nor 1", offset: start + 1)
      }
      let bitmap = nulls == 1 ? try take((rows + 7) / 8, "validity") : nil
      let least = type == .numeric ? 17 : (type == .text ? 4 : type.stride)
      // Checked before memory is taken for it. At most 2^31 rows: no overflow.
      guard rows * least <= bytes.count - offset else {
        throw BatchCodecError(
          "\(rows) values of type \(type.name) in \(bytes.count - offset) bytes", offset: offset)
      }
      let vector = ColumnVector(type: type, capacity: rows)
      vector.count = rows
      if let bitmap { readValidity(bitmap, into: vector) }
      switch type {
      case .boolean: try readBooleans(into: vector)
      case .integer, .date: try readIntegers(UInt32.self, into: vector)
      case .bigint, .timestamp, .timestamptz, .double: try readIntegers(UInt64.self, into: vector)
      case .numeric: try readNumerics(into: vector)
      case .text: try readText(into: vector, owner: owner)
      case .interval: try readIntervals(into: vector)
      }
      return vector
    }

    private func readValidity(_ bitmap: UnsafeRawPointer, into vector: ColumnVector) {
      let validity = vector.validity
      for row in 0..<vector.count {
        let byte = bitmap.load(fromByteOffset: row >> 3, as: UInt8.self)
        validity[row] = byte >> UInt8(row & 7) & 1
      }
      vector.hasNulls = true
    }

    private mutating func readBooleans(into vector: ColumnVector) throws(BatchCodecError) {
      let start = offset
      let source = try take(vector.count, "values")
      let values = vector.values(as: UInt8.self)
      for row in 0..<vector.count {
        let value = source.load(fromByteOffset: row, as: UInt8.self)
        guard value <= 1 else {
          throw BatchCodecError("a boolean that is neither 0 nor 1", offset: start + row)
        }
        values[row] = value
      }
    }

    private mutating func readIntegers<Value: FixedWidthInteger & BitwiseCopyable>(
      _: Value.Type, into vector: ColumnVector
    ) throws(BatchCodecError) {
      let stride = MemoryLayout<Value>.stride
      let source = try take(vector.count * stride, "values")
      let values = vector.values(as: Value.self)
      for row in 0..<vector.count {
        values[row] = Value(littleEndian: (source + row * stride).loadUnaligned(as: Value.self))
      }
    }

    private mutating func readIntervals(into vector: ColumnVector) throws(BatchCodecError) {
      let source = try take(vector.count * 16, "values")
      let values = vector.values(as: Interval.self)
      for row in 0..<vector.count {
        let place = source + row * 16
        values[row] = Interval(
          months: Int32(littleEndian: (place + 12).loadUnaligned(as: Int32.self)),
          days: Int32(littleEndian: (place + 8).loadUnaligned(as: Int32.self)),
          microseconds: Int64(littleEndian: place.loadUnaligned(as: Int64.self)))
      }
    }

    private mutating func readNumerics(into vector: ColumnVector) throws(BatchCodecError) {
      let start = offset
      let coefficients = try take(vector.count * 16, "coefficients")
      let scales = try take(vector.count, "scales")
      let values = vector.values(as: Numeric.self)
      for row in 0..<vector.count {
        let place = coefficients + row * 16
        let low = UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
        let high = UInt64(littleEndian: (place + 8).loadUnaligned(as: UInt64.self))
        let coefficient = Int128(Int64(bitPattern: high)) << 64 | Int128(low)
        let scale = Int32(scales.load(fromByteOffset: row, as: UInt8.self))
        guard let value = Numeric(checkedCoefficient: coefficient, scale: scale) else {
          throw BatchCodecError("a numeric beyond 38 digits", offset: start + row * 16)
        }
        values[row] = value
      }
    }

    private mutating func readText(
      into vector: ColumnVector, owner: AnyObject?
    ) throws(BatchCodecError) {
      let start = offset
      let lengths = try take(vector.count * 4, "lengths")
      // At most 2^31 times 2^32: no overflow.
      var total = 0
      for row in 0..<vector.count { total += Self.length(lengths, row) }
      guard total <= bytes.count - offset else {
        throw BatchCodecError(
          "\(total) bytes of text where \(bytes.count - offset) are left", offset: start)
      }
      var next = try take(total, "text").assumingMemoryBound(to: UInt8.self)
      if let owner {
        vector.owners.append(owner)
      } else {
        let arena = ByteArena(capacity: total)
        next = arena.copy(next, total)
        vector.owners.append(arena)
      }
      let views = vector.values(as: StringView.self)
      for row in 0..<vector.count {
        let length = Self.length(lengths, row)
        views[row] = length == 0 ? .empty : StringView(start: next, length: length)
        next += length
      }
    }

    @inline(__always)
    private static func length(_ lengths: UnsafeRawPointer, _ row: Int) -> Int {
      Int(UInt32(littleEndian: (lengths + row * 4).loadUnaligned(as: UInt32.self)))
    }
  }
}
