import Columnar
import Formats
import Operators

/// Writes the rows of the result: leaves out OFFSET, ends at LIMIT, renders.
struct ResultWriter: ~Copyable {
  private enum Rendering {
    case rows(RowRenderer)
    case table(TableRenderer)
  }

  private let visible: [Int]
  private var rendering: Rendering
  private var toSkip: Int
  private var left: Int
  private var buffer = ResultBuffer()
  /// Rows written.
  private(set) var count = 0

  /// A writer of the plan's result.
  init(_ plan: SelectPlan, _ output: OutputFormat) {
    visible = plan.output.indices.filter { !plan.output[$0].hidden }
    let columns = plan.visibleOutput
    let names = columns.map(\.name)
    rendering =
      output == .table
      ? .table(TableRenderer(names: names, types: columns.map(\.expression.type)))
      : .rows(RowRenderer(format: output, names: names))
    toSkip = Int(clamping: plan.offset)
    left = plan.limit.map { Int(clamping: $0) } ?? .max
  }

  /// Whether more rows would be written.
  var isFull: Bool { left == 0 }

  /// Writes rows of all output columns, in order.
  mutating func append(
    _ batch: Batch, _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let skipped = min(toSkip, batch.count)
    toSkip -= skipped
    let taken = min(batch.count - skipped, left)
    left -= taken
    count += taken
    if taken == 0 { return }
    let rows = batch.slice(skipped..<skipped + taken).selecting(visible)
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
