import Columnar
import Operators

/// Writes fields of delimited text, in quotes where they need some (RFC 4180, section 2).
struct DelimitedText {
  /// The byte between fields.
  let delimiter: UInt8
  private let null: [UInt8]

  /// A writer with these options.
  init(_ options: DelimitedOutput) {
    delimiter = options.delimiter
    null = Array(options.null.utf8)
  }

  /// The bytes of a field with this text.
  func field(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var buffer = ResultBuffer()
    append(text, to: &buffer)
    return Array(buffer.bytes)
  }

  /// Appends the value in `row` of `vector`.
  @inline(__always)
  func append(_ vector: ColumnVector, _ row: Int, to result: inout ResultBuffer) {
    if vector.isNull(row) {
      null.withUnsafeBytes { result.append($0) }
    } else if vector.type == .text {
      append(vector.values(as: StringView.self)[row].bytes, to: &result)
    } else {
      let start = result.count
      result.append(vector, row)
      if result.count - start == null.count { quoteIfNull(from: start, &result) }
    }
  }

  private func append(_ text: UnsafeBufferPointer<UInt8>, to result: inout ResultBuffer) {
    guard needsQuotes(text) else { return result.append(UnsafeRawBufferPointer(text)) }
    let place = result.reserve(2 * text.count + 2).assumingMemoryBound(to: UInt8.self)
    var written = 1
    place[0] = ASCII.quote
    for byte in text {
      place[written] = byte
      written += 1
      if byte == ASCII.quote {
        place[written] = byte
        written += 1
      }
    }
    place[written] = ASCII.quote
    result.advance(by: written + 1)
  }

  private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in text
    where byte == delimiter || byte == ASCII.quote || byte == ASCII.newline
      || byte == ASCII.carriageReturn
    {
      return true
    }
    return text.count == null.count && text.elementsEqual(null)
  }

  /// Puts a value that reads like NULL into quotes.
  private func quoteIfNull(from start: Int, _ result: inout ResultBuffer) {
    let written = UnsafeRawBufferPointer(rebasing: result.bytes[start...])
    guard written.elementsEqual(null) else { return }
    result.truncate(to: start)
    result.append(ASCII.quote)
    null.withUnsafeBytes { result.append($0) }
    result.append(ASCII.quote)
  }
}
