import Columnar
import Formats
import Operators
import Query

/// A query over ``SampleRows``, as its one SELECT.
struct SampleQuery {
  let sql: SQLOperator
  /// The SELECT.
  let plan: SelectPlan
  /// The rows, with the columns that the SELECT reads.
  let batches: [Batch]

  init(_ text: String, _ rows: SampleRows) throws {
    sql = try SQLOperator(
      SQLConfiguration(sql: text, input: .csv, schema: SampleRows.schema, output: .csv))
    let plan = sql.plan.scans[0]
    self.plan = plan
    batches = rows.batches.map { batch in
      Batch(columns: plan.columns.map { batch.columns[$0] }, count: batch.count)
    }
  }

  /// A compiler for the SELECT's expressions.
  var compiler: ExpressionCompiler {
    ExpressionCompiler(slots: plan.columns.map { SampleRows.schema.columns[$0].type })
  }

  /// What a worker hands the rows to.
  func consumer() throws -> any RowConsumer {
    try SelectWorker.consumer(plan, compiler, sql.strategies[0], sql.configuration.output)
  }

  /// Has `consumer` take `batches`, and complete `result` as that of a partition.
  static func take(
    _ batches: some Sequence<Batch>, _ consumer: any RowConsumer, into result: inout ResultBuffer
  ) throws {
    result.removeAll()
    consumer.begin(&result)
    for batch in batches { guard try consumer.take(batch, &result) else { break } }
    _ = consumer.finish(&result)
  }
}
