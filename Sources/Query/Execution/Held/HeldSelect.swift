import Columnar
import Formats
import Operators

/// A SELECT over rows that are held: the worker's part and the sink's, one after the other, as over a
/// source of one partition.
struct HeldSelect {
  private let plan: SelectPlan
  private let worker: SelectWorker
  private let sink: SelectSink

  /// - Parameter columns: those of `batch`, with their names.
  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(
    _ plan: SelectPlan, over batch: Batch, _ columns: [InputColumn], tables: TableRows
  ) throws(SQLError) {
    self.plan = plan
    let strategy = SQLStrategy(plan, output: nil)
    worker = try SelectWorker(
      plan, InputSchema(columns: columns), scan: HeldRowsScan(batch, columns: plan.columns),
      strategy: strategy, output: nil, tables: tables)
    sink = try SelectSink(plan, strategy: strategy, tables: tables)
  }

  /// The rows, with the columns that are shown.
  ///
  /// - Throws: ``EvaluationError`` for an expression that fails.
  func rows() throws -> Batch {
    var result = ResultBuffer()
    do {
      let nothing = PartitionInput(
        content: .bytes(UnsafeRawBufferPointer(start: nil, count: 0)), file: -1, offset: 0)
      _ = try worker.process(nothing, into: &result)
    } catch let error as RowError {
      throw error.failure
    }
    return try sink.allRows(try sink.decode(result.bytes))
  }
}
