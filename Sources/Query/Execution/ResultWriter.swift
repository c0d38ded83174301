import Columnar
import Formats
import Operators

/// Renders the rows of the result.
struct ResultWriter: ~Copyable {
  private enum Rendering {
    case rows(RowRenderer)
    case table(TableRenderer)
  }

  private var rendering: Rendering
  private var buffer = ResultBuffer()

  /// Rows written.
  private(set) var count = 0

  /// A writer of rows with these columns.
  init(_ columns: [InputColumn], _ output: OutputFormat) {
    let names = columns.map(\.name)
    rendering =
      output == .table
      ? .table(TableRenderer(names: names, types: columns.map(\.type)))
      : .rows(RowRenderer(format: output, names: names))
  }

  /// Writes rows.
  mutating func append(
    _ rows: Batch, _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    count += rows.count
    switch rendering {
    case .rows(let renderer):
      buffer.removeAll()
      renderer.render(rows, into: &buffer)
      try write(buffer.bytes)
    case .table(var table):
      // Taken out first, so that the table is changed in place.
      rendering = .rows(RowRenderer(format: .csv, names: []))
      table.append(rows)
      rendering = .table(table)
    }
  }

  /// Writes what is left to write.
  mutating func finish(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard case .table(let table) = rendering else { return }
    var text = table.render()
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }
}
