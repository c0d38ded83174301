import Columnar
import Operators

/// Sends the result's rows to the sink in order, only the first ones where there is a limit.
final class SortingConsumer: RowConsumer {
  private let projection: Projection
  private let order: RowOrder
  private let limit: Int?
  private let rows: RowBuffer
  /// Rows set aside before those that cannot be among the first are dropped.
  private let mostRows: Int

  /// - Parameter limit: the rows of a partition that are needed at most.
  init(_ projection: Projection, types: [ColumnType], order: RowOrder, limit: Int?) {
    self.projection = projection
    self.order = order
    self.limit = limit
    rows = RowBuffer(types: types)
    let (doubled, overflow) = (limit ?? .max).multipliedReportingOverflow(by: 2)
    mostRows = overflow ? .max : max(doubled, 4 * RowReader.batchRows)
  }

  func begin(_ result: inout ResultBuffer) { rows.removeAll() }

  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool {
    rows.append(try projection.evaluate(batch))
    if rows.batch.count > mostRows { sort() }
    return limit != 0
  }

  func finish(_ result: inout ResultBuffer) -> Int {
    sort()
    PartialRows.begin(&result)
    BatchCodec.encode(rows.batch, into: &result)
    return rows.batch.count
  }

  private func sort() {
    let sorted = order.sortedRows(rows.batch)
    rows.keep(limit.map { Array(sorted.prefix($0)) } ?? sorted)
  }
}
