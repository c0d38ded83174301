/// Reads the CSV that results are written as: NULL is an empty field without quotes.
package enum DelimitedReader {
  private struct Field {
    var text: String?
  }

  /// The rows, or `nil` when `bytes` are no rows of so many columns.
  package static func rows(_ bytes: [UInt8], columns: Int) -> [[String?]]? {
    var rows: [[String?]] = []
    var row: [String?] = []
    var offset = 0
    while offset < bytes.count {
      guard let field = field(bytes, &offset), offset < bytes.count else { return nil }
      row.append(field.text)
      let end = bytes[offset]
      offset += 1
      switch end {
      case UInt8(ascii: ","): continue
      case UInt8(ascii: "\n"):
        guard row.count == columns else { return nil }
        rows.append(row)
        row = []
      default: return nil
      }
    }
    return row.isEmpty ? rows : nil
  }

  /// The field at `offset`, which is moved behind it.
  private static func field(_ bytes: [UInt8], _ offset: inout Int) -> Field? {
    var text: [UInt8] = []
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
      while offset < bytes.count, bytes[offset] != UInt8(ascii: ","),
        bytes[offset] != UInt8(ascii: "\n")
      {
        text.append(bytes[offset])
        offset += 1
      }
      return Field(text: text.isEmpty ? nil : String(decoding: text, as: UTF8.self))
    }
    offset += 1
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "\"") {
        offset += 1
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
          return Field(text: String(decoding: text, as: UTF8.self))
        }
      }
      text.append(bytes[offset])
      offset += 1
    }
    return nil
  }
}
