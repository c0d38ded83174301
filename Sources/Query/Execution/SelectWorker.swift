import Columnar
package import Formats
import Operators

/// The worker's part of one SELECT: reads a partition and hands its rows to what the strategy demands.
package final class SelectWorker {
  private let reader: RowReader
  private let consumer: any RowConsumer
  private let limit: Int?

  /// - Parameters:
  ///   - columns: what is read, whose columns the plan's are indexes into.
  ///   - output: how rows are written, where the strategy is to render.
  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(
    _ plan: SelectPlan, _ columns: InputSchema, scan: any BatchScan, strategy: SQLStrategy,
    output: OutputFormat?, tables: TableRows
  ) throws(SQLError) {
    // One for both, so that each sub-query is answered once.
    let compiler = try plan.compiler(columns, tables)
    reader = try RowReader(plan, compiler, scan: scan, tables: tables)
    consumer = try Self.consumer(plan, compiler, strategy, output)
    // Groups need every row, whatever the limit on them; but none where HAVING drops all of them.
    limit = plan.grouping == nil ? plan.neededRows : try plan.keepsNoGroup(tables) ? 0 : nil
  }

  /// Processes one partition.
  ///
  /// - Throws: ``RowError`` or ``ScanError``.
  func process(
    _ partition: PartitionInput, into result: inout ResultBuffer
  ) throws -> PartitionCounts {
    reader.begin(partition)
    consumer.begin(&result)
    var isWanted = limit != 0
    while isWanted, let batch = try reader.next() {
      do {
        isWanted = try consumer.take(batch, &result)
      } catch {
        throw RowError(failure: error, recordOffset: reader.recordOffset(row: error.row))
      }
    }
    return PartitionCounts(
      rows: reader.rows, skipped: reader.skipped, outputRows: consumer.finish(&result))
  }

  /// What the rows are handed to.
  ///
  /// - Parameter compiler: one for the plan's columns.
  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  package static func consumer(
    _ plan: SelectPlan, _ compiler: ExpressionCompiler, _ strategy: SQLStrategy,
    _ output: OutputFormat?
  ) throws(SQLError) -> any RowConsumer {
    if let grouping = plan.grouping { return try GroupingConsumer(grouping, compiler) }
    let projection = try Projection(plan.output, compiler)
    let types = plan.output.map(\.expression.type)
    switch strategy {
    case .render:
      guard let output else { preconditionFailure("rows are rendered for an output") }
      let visible = plan.output.indices.filter { !plan.output[$0].hidden }
      return RenderingConsumer(
        projection, visible: visible,
        renderer: RowRenderer(format: output, names: plan.visibleOutput.map(\.name)),
        limit: plan.neededRows)
    case .collect: return CollectingConsumer(projection, limit: plan.neededRows)
    case .distinct:
      return DistinctConsumer(
        projection, types: types, limit: plan.order.isEmpty ? plan.neededRows : nil)
    case .sort:
      return SortingConsumer(
        projection, types: types, order: RowOrder(keys: plan.order), limit: plan.neededRows,
        distinctOn: plan.distinctOn)
    case .group: preconditionFailure("a plan without grouping is not carried out by groups")
    }
  }
}
