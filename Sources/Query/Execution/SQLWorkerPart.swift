import Columnar
import Formats
import Operators

/// The worker's part of a query: reads a partition and hands its rows to what the strategy demands.
final class SQLWorkerPart: WorkerPart {
  private let reader: RowReader
  private let consumer: any RowConsumer
  private let failures: SQLFailures
  private let isRange: Bool
  private let limit: Int?

  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(_ sql: SQLOperator) throws(SQLError) {
    let (plan, configuration) = (sql.plan, sql.configuration)
    reader = try RowReader(plan, format: configuration.input, schema: configuration.schema)
    consumer = try Self.consumer(sql)
    failures = sql.failures
    isRange = configuration.input.kind == .range
    // Groups need every row, whatever the limit on them.
    limit = plan.grouping == nil ? plan.neededRows : nil
  }

  func process(
    _ partition: PartitionInput, into result: inout ResultBuffer
  ) throws -> PartitionCounts {
    switch partition.content {
    case .range where !isRange, .bytes where isRange:
      throw OperatorError(
        .configuration, "the query was planned for another kind of source than this partition's")
    default: break
    }
    reader.begin(partition.content)
    consumer.begin(&result)
    do {
      var isWanted = limit != 0
      while isWanted, let batch = try reader.next() {
        do {
          isWanted = try consumer.take(batch, &result)
        } catch {
          throw RowError(failure: error, recordOffset: reader.recordOffset(row: error.row))
        }
      }
    } catch let error as RowError {
      throw failures.error(error.failure, recordOffset: error.recordOffset)
    } catch let error as ScanError {
      throw OperatorError(
        .data, error.message, recordOffset: error.recordOffset, field: error.field)
    }
    return PartitionCounts(
      rows: reader.rows, skipped: reader.skipped, outputRows: consumer.finish(&result))
  }

  private static func consumer(_ sql: SQLOperator) throws(SQLError) -> any RowConsumer {
    let plan = sql.plan
    let compiler = ExpressionCompiler(slots: plan.slotTypes(sql.configuration.schema))
    if let grouping = plan.grouping { return try GroupingConsumer(grouping, compiler) }
    let projection = try Projection(plan.output, compiler)
    let types = plan.output.map(\.expression.type)
    switch sql.strategy {
    case .render:
      let visible = plan.output.indices.filter { !plan.output[$0].hidden }
      return RenderingConsumer(
        projection, visible: visible,
        renderer: RowRenderer(
          format: sql.configuration.output, names: plan.visibleOutput.map(\.name)),
        limit: plan.neededRows)
    case .collect: return CollectingConsumer(projection, limit: plan.neededRows)
    case .distinct:
      return DistinctConsumer(
        projection, types: types, limit: plan.order.isEmpty ? plan.neededRows : nil)
    case .sort:
      return SortingConsumer(
        projection, types: types, order: RowOrder(keys: plan.order), limit: plan.neededRows)
    case .group: preconditionFailure("a plan without grouping is not carried out by groups")
    }
  }
}
