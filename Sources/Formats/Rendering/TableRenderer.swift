package import Columnar

/// Collects rows and writes them as aligned columns for a terminal.
///
/// Numbers stand on the right, NULL is blank, a column is as wide as its widest cell in Unicode
/// scalars. Control characters are escaped, so that no data can send orders to a terminal.
///
/// ```
///  carrier | flights
/// ---------+---------
///  UA      |   14204
///  B6      |   13352
/// ```
package struct TableRenderer {
  /// Rows kept where the caller does not say.
  package static let defaultLimit = 10_000
  /// Scalars of a cell that are shown; "…" follows where there are more.
  package static let longestCell = 200

  private let names: [String]
  private let types: [ColumnType]
  private let limit: Int
  /// The cells of kept rows, row after row.
  private var cells: [String] = []
  private var widths: [Int]
  private var kept = 0
  private var total = 0

  /// An empty table.
  ///
  /// - Parameters:
  ///   - names: the columns' names.
  ///   - types: the columns' types, as many.
  ///   - limit: rows that are shown; the others are counted.
  package init(names: [String], types: [ColumnType], limit: Int = defaultLimit) {
    precondition(names.count == types.count)
    self.names = names.map { Printable.escaped($0) }
    self.types = types
    self.limit = max(0, limit)
    widths = self.names.map { $0.unicodeScalars.count }
  }

  /// Adds all rows of `batch`, whose columns are those of the table.
  package mutating func append(_ batch: Batch) {
    precondition(batch.columns.count == names.count, "a batch with other columns")
    total += batch.count
    for row in 0..<min(batch.count, limit - kept) {
      for (column, vector) in batch.columns.enumerated() {
        let cell = Self.cell(vector, row)
        widths[column] = max(widths[column], cell.unicodeScalars.count)
        cells.append(cell)
      }
      kept += 1
    }
  }

  /// The table's text, each line with its newline.
  package func render() -> String {
    var text = line(names[...])
    text += widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "+") + "\n"
    for row in 0..<kept {
      text += line(cells[row * names.count..<(row + 1) * names.count])
    }
    let more = total - kept
    if more > 0 { text += more == 1 ? "… 1 more row\n" : "… \(more) more rows\n" }
    return text
  }

  private func line(_ cells: ArraySlice<String>) -> String {
    var text = ""
    for (column, cell) in cells.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
      text += column == 0 ? " " : " | "
      text += types[column].isNumber ? padding + cell : cell + padding
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text + "\n"
  }

  private static func cell(_ vector: ColumnVector, _ row: Int) -> String {
    if vector.isNull(row) { return "" }
    guard vector.type == .text else {
      return withUnsafeTemporaryAllocation(
        of: UInt8.self, capacity: ValueFormatter.maximumLength
      ) { buffer in
        guard let place = buffer.baseAddress else { return "" }
        let count = ValueText.write(vector, row, to: place)
        return String(decoding: buffer.prefix(count), as: UTF8.self)
      }
    }
    // Four bytes make a scalar at most.
    let bytes = vector.values(as: StringView.self)[row].bytes
    let text = String(decoding: bytes.prefix(4 * longestCell + 4), as: UTF8.self)
    let scalars = text.unicodeScalars
    guard scalars.count > longestCell else { return Printable.escaped(text) }
    return Printable.escaped(String(scalars.prefix(longestCell))) + "…"
  }
}

extension ColumnType {
  /// Whether values are numbers, which stand on the right.
  fileprivate var isNumber: Bool {
    switch self {
    case .integer, .bigint, .double, .numeric: true
    case .boolean, .text, .date, .timestamp, .timestamptz, .interval: false
    }
  }
}
