package import Columnar
package import Formats

/// A table of a test: columns and rows of text.
package struct QueryTable: Sendable, Equatable {
  /// A column.
  package struct Column: Sendable, Equatable {
    package var name: String
    package var type: ColumnType

    package init(name: String, type: ColumnType) {
      self.name = name
      self.type = type
    }
  }

  package var columns: [Column]
  /// The values as text that the type reads; `nil` for NULL.
  package var rows: [[String?]]

  package init(columns: [Column], rows: [[String?]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// The table as the columns of a source.
  package var schema: InputSchema {
    InputSchema(columns: columns.map { InputColumn(name: $0.name, type: $0.type) })
  }

  /// The rows as so many partitions of nearly the same size.
  ///
  /// - Parameter asJSON: JSON Lines instead of CSV.
  package func partitions(_ count: Int, asJSON: Bool) -> [[UInt8]] {
    (0..<count).map { index in
      let range = rows.count * index / count..<rows.count * (index + 1) / count
      return rows[range].flatMap { asJSON ? jsonLine($0) : Self.csvLine($0) }
    }
  }

  /// Every value in quotes, so that only NULL is an empty field.
  private static func csvLine(_ row: [String?]) -> [UInt8] {
    var line: [UInt8] = []
    for (index, value) in row.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      guard let value else { continue }
      line.append(UInt8(ascii: "\""))
      for byte in value.utf8 {
        if byte == UInt8(ascii: "\"") { line.append(byte) }
        line.append(byte)
      }
      line.append(UInt8(ascii: "\""))
    }
    return line + [UInt8(ascii: "\n")]
  }

  private func jsonLine(_ row: [String?]) -> [UInt8] {
    var line = "{"
    for (column, value) in zip(columns, row) {
      if line.utf8.count > 1 { line += "," }
      line += Self.quoted(column.name) + ":" + (value.map(Self.quoted) ?? "null")
    }
    return Array((line + "}\n").utf8)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
