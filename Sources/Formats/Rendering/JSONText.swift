import Columnar
import Operators

/// Writes JSON values (RFC 8259).
package enum JSONText {
  private static let null: StaticString = "null"

  /// A JSON string with this text.
  package static func quoted(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var buffer = ResultBuffer()
    append(text, to: &buffer)
    return Array(buffer.bytes)
  }

  /// Appends the value in `row` of `vector`: numbers and booleans bare, everything else, also a
  /// number that JSON does not have, as a string.
  @inline(__always)
  static func append(_ vector: ColumnVector, _ row: Int, to result: inout ResultBuffer) {
    if vector.isNull(row) {
      return result.append(
        UnsafeRawBufferPointer(start: null.utf8Start, count: null.utf8CodeUnitCount))
    }
    switch vector.type {
    case .boolean, .integer, .bigint, .numeric: result.append(vector, row)
    case .double:
      let isFinite = vector.values(as: Double.self)[row].isFinite
      appendPlain(vector, row, inQuotes: !isFinite, to: &result)
    case .date, .timestamp, .timestamptz, .interval:
      appendPlain(vector, row, inQuotes: true, to: &result)
    case .text: append(vector.values(as: StringView.self)[row].bytes, to: &result)
    }
  }

  private static func appendPlain(
    _ vector: ColumnVector, _ row: Int, inQuotes: Bool, to result: inout ResultBuffer
  ) {
    if inQuotes { result.append(ASCII.quote) }
    result.append(vector, row)
    if inQuotes { result.append(ASCII.quote) }
  }

  private static func append(
    _ text: UnsafeBufferPointer<UInt8>, to result: inout ResultBuffer
  ) {
    // The longest escape, \u00XX, has six bytes.
    let place = result.reserve(6 * text.count + 2).assumingMemoryBound(to: UInt8.self)
    place[0] = ASCII.quote
    var written = 1
    for byte in text {
      if byte >= 0x20, byte != ASCII.quote, byte != ASCII.backslash {
        place[written] = byte
        written += 1
      } else {
        written += escape(byte, to: place + written)
      }
    }
    place[written] = ASCII.quote
    result.advance(by: written + 1)
  }

  private static func escape(_ byte: UInt8, to place: UnsafeMutablePointer<UInt8>) -> Int {
    place[0] = ASCII.backslash
    switch byte {
    case ASCII.quote, ASCII.backslash: place[1] = byte
    case ASCII.newline: place[1] = UInt8(ascii: "n")
    case ASCII.carriageReturn: place[1] = UInt8(ascii: "r")
    case ASCII.tab: place[1] = UInt8(ascii: "t")
    default:
      place[1] = UInt8(ascii: "u")
      place[2] = ASCII.zero
      place[3] = ASCII.zero
      place[4] = ASCII.zero + byte >> 4
      let low = byte & 15
      place[5] = low < 10 ? ASCII.zero + low : UInt8(ascii: "a") + low - 10
      return 6
    }
    return 2
  }
}
