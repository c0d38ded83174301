import Columnar
import Operators

/// Sends the distinct rows of the result to the sink, in order of first appearance.
final class DistinctConsumer: RowConsumer {
  private let projection: Projection
  private let types: [ColumnType]
  private let limit: Int?
  private var table: GroupTable
  private var numbers: [UInt32] = []

  /// - Parameter limit: the distinct rows of a partition that are needed at most.
  init(_ projection: Projection, types: [ColumnType], limit: Int?) {
    self.projection = projection
    self.types = types
    self.limit = limit
    table = GroupTable(types: types)
  }

  func begin(_ result: inout ResultBuffer) { table = GroupTable(types: types) }

  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool {
    let rows = try projection.evaluate(batch)
    table.assign(rows.columns, count: rows.count, to: &numbers)
    return limit.map { table.count < $0 } ?? true
  }

  func finish(_ result: inout ResultBuffer) -> Int {
    PartialRows.begin(&result)
    BatchCodec.encode(Batch(columns: table.keys, count: table.count), into: &result)
    return table.count
  }
}
