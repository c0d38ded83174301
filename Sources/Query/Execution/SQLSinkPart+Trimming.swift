import Formats
import Operators

extension SQLSinkPart: ResultTrimmer {
  func prefixLength(of result: UnsafeRawBufferPointer, rows: Int) throws -> Int {
    // A newline within quotes, which only delimited text has, ends no row.
    let quote: UInt8? = if case .delimited = outputFormat { UInt8(ascii: "\"") } else { nil }
    var left = rows
    var isQuoted = false
    var offset = 0
    while left > 0 {
      guard offset < result.count else {
        throw OperatorError(
          .operating, "a partial result is damaged: it has fewer than \(rows) rows")
      }
      let byte = result[offset]
      if byte == quote { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { left -= 1 }
      offset += 1
    }
    return offset
  }
}
