import Columnar

/// `array_agg`: the values of a group as the text PostgreSQL's arrays have (its documentation,
/// "Array Input and Output Syntax").
struct ArrayTextReduction: KeptRowsReduction {
  func reduce(_ kept: KeptRows) throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .text, capacity: kept.groupCount)
    let arena = ByteArena()
    result.owners.append(arena)
    let text = ByteBuffer()
    let column = kept.columns[0]
    for group in 0..<kept.groupCount {
      let rows = kept.rows(of: group)
      guard !rows.isEmpty else {
        result.appendNull()
        continue
      }
      text.removeAll()
      Self.append("{", to: text)
      for (index, row) in rows.enumerated() {
        if index > 0 { Self.append(",", to: text) }
        Self.append(column, Int(row), to: text)
        guard text.count < TextBuilder.largest else {
          throw EvaluationError(
            row: group, "requested length too large: a text has at most 1 GiB")
        }
      }
      Self.append("}", to: text)
      guard let start = text.bytes.bindMemory(to: UInt8.self).baseAddress else {
        preconditionFailure("an array has its braces")
      }
      result.append(arena.copy(StringView(start: start, length: text.count)))
    }
    return result
  }

  private static func append(_ column: ColumnVector, _ row: Int, to text: ByteBuffer) {
    if column.isNull(row) {
      append("NULL", to: text)
      return
    }
    if column.type == .text {
      append(element: column.values(as: StringView.self)[row].bytes, to: text)
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ValueFormatter.maximumLength) {
      bytes in
      guard let place = bytes.baseAddress else { return }
      let length = write(column, row, to: place)
      append(element: UnsafeBufferPointer(start: place, count: length), to: text)
    }
  }

  private static func write(
    _ column: ColumnVector, _ row: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    switch column.type {
    case .boolean:
      place[0] = UInt8(ascii: column.values(as: UInt8.self)[row] != 0 ? "t" : "f")
      return 1
    case .integer: return ValueFormatter.write(column.values(as: Int32.self)[row], to: place)
    case .bigint: return ValueFormatter.write(column.values(as: Int64.self)[row], to: place)
    case .double: return ValueFormatter.write(column.values(as: Double.self)[row], to: place)
    case .numeric: return ValueFormatter.write(column.values(as: Numeric.self)[row], to: place)
    case .date: return ValueFormatter.write(date: column.values(as: Int32.self)[row], to: place)
    case .timestamp:
      return ValueFormatter.write(timestamp: column.values(as: Int64.self)[row], to: place)
    case .timestamptz:
      return ValueFormatter.write(timestamptz: column.values(as: Int64.self)[row], to: place)
    case .interval: return ValueFormatter.write(column.values(as: Interval.self)[row], to: place)
    case .text: preconditionFailure("text is not written by a formatter")
    }
  }

  /// Appends an element, in quotes where it could be taken for something else without.
  private static func append(element bytes: UnsafeBufferPointer<UInt8>, to text: ByteBuffer) {
    guard needsQuotes(bytes) else {
      text.append(UnsafeRawBufferPointer(bytes))
      return
    }
    append("\"", to: text)
    for byte in bytes {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append("\\", to: text) }
      text.reserve(1).storeBytes(of: byte, as: UInt8.self)
      text.advance(by: 1)
    }
    append("\"", to: text)
  }

  private static func needsQuotes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.isEmpty { return true }
    // NULL in letters of any case.
    if bytes.count == 4, zip(bytes, "null".utf8).allSatisfy({ $0 | 0x20 == $1 }) { return true }
    return bytes.contains { byte in
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"),
        UInt8(ascii: ","), UInt8(ascii: " "), 0x09...0x0D:
        true
      default: false
      }
    }
  }

  private static func append(_ ascii: StaticString, to text: ByteBuffer) {
    text.append(
      UnsafeRawBufferPointer(start: ascii.utf8Start, count: ascii.utf8CodeUnitCount))
  }
}
