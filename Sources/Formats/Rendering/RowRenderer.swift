package import Columnar
package import Operators

/// Writes the rows of batches as delimited text, JSON Lines or plain text.
package struct RowRenderer {
  private let format: OutputFormat
  private let names: [String]
  /// For JSON Lines what stands before each value: `{"a":`, `,"b":`, …
  private let keys: [[UInt8]]

  /// A renderer of rows with columns called `names`.
  ///
  /// - Parameter format: any but `table`, which ``TableRenderer`` writes.
  package init(format: OutputFormat, names: [String]) {
    precondition(format != .table, "a table is written by TableRenderer")
    self.format = format
    self.names = names
    keys = names.enumerated().map { index, name in
      var name = name
      let key = name.withUTF8 { JSONText.quoted($0) }
      return [index == 0 ? ASCII.openBrace : ASCII.comma] + key + [ASCII.colon]
    }
  }

  /// The bytes that stand before all rows; empty where there is no header.
  package func header() -> [UInt8] {
    guard case .delimited(let options) = format, options.header else { return [] }
    let text = DelimitedText(options)
    var line: [UInt8] = []
    for (index, name) in names.enumerated() {
      var name = name
      if index > 0 { line.append(options.delimiter) }
      line += name.withUTF8 { text.field($0) }
    }
    return line + [ASCII.newline]
  }

  /// Appends all rows of `batch`, whose columns are those the renderer was made for.
  package func render(_ batch: Batch, into result: inout ResultBuffer) {
    precondition(batch.columns.count == names.count, "a batch with other columns")
    switch format {
    case .delimited(let options): renderDelimited(batch, DelimitedText(options), into: &result)
    case .jsonLines: renderJSON(batch, into: &result)
    case .text: renderText(batch, into: &result)
    case .table: preconditionFailure("a table is written by TableRenderer")
    }
  }

  private func renderDelimited(
    _ batch: Batch, _ text: DelimitedText, into result: inout ResultBuffer
  ) {
    let columns = batch.columns
    for row in 0..<batch.count {
      for index in 0..<columns.count {
        if index > 0 { result.append(text.delimiter) }
        text.append(columns[index], row, to: &result)
      }
      result.append(ASCII.newline)
    }
  }

  private func renderJSON(_ batch: Batch, into result: inout ResultBuffer) {
    let columns = batch.columns
    for row in 0..<batch.count {
      if columns.isEmpty { result.append(ASCII.openBrace) }
      for index in 0..<columns.count {
        keys[index].withUnsafeBytes { result.append($0) }
        JSONText.append(columns[index], row, to: &result)
      }
      result.append(ASCII.closeBrace)
      result.append(ASCII.newline)
    }
  }

  private func renderText(_ batch: Batch, into result: inout ResultBuffer) {
    for row in 0..<batch.count {
      if let vector = batch.columns.first, !vector.isNull(row) {
        if vector.type == .text {
          result.append(UnsafeRawBufferPointer(vector.values(as: StringView.self)[row].bytes))
        } else {
          result.append(vector, row)
        }
      }
      result.append(ASCII.newline)
    }
  }
}
