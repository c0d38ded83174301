import Columnar
import Operators

/// Sends the result's rows to the sink in order, only the first ones where there is a limit.
final class SortingConsumer: RowConsumer {
  private let projection: Projection
  private let order: RowOrder
  private let limit: Int?
  private let distinctOn: [Int]?
  private let rows: RowBuffer
  /// Rows set aside before those that cannot be among the first are dropped.
  private let mostRows: Int

  /// The last of the first rows so far: rows that certainly come after it are not wanted.
  private var last: SortEntry?
  private let gatherer: RowGatherer
  private var candidates: [Int32] = []

  /// - Parameters:
  ///   - limit: the rows of a partition that are needed at most.
  ///   - distinctOn: columns of which only the first of equal rows is kept, if any.
  init(
    _ projection: Projection, types: [ColumnType], order: RowOrder, limit: Int?,
    distinctOn: [Int]?
  ) {
    self.projection = projection
    self.order = order
    self.limit = limit
    self.distinctOn = distinctOn
    rows = RowBuffer(types: types)
    gatherer = RowGatherer(slots: Array(types.indices))
    let (doubled, overflow) = (limit ?? .max).multipliedReportingOverflow(by: 2)
    mostRows = overflow ? .max : max(doubled, 4 * RowReader.batchRows)
  }

  func begin(_ result: inout ResultBuffer) {
    rows.removeAll()
    last = nil
  }

  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool {
    let computed = try projection.evaluate(batch)
    if let last {
      candidates.removeAll(keepingCapacity: true)
      let key = order.keys[0]
      let column = computed.columns[key.column]
      for entry in SortEntry.entries(column, count: computed.count, key: key)
      where entry.mayPrecede(last) {
        candidates.append(entry.row)
      }
      if !candidates.isEmpty { rows.append(gatherer.gather(computed, candidates)) }
    } else {
      rows.append(computed)
    }
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
    var sorted = order.sortedRows(rows.batch)
    if let distinctOn { sorted = rows.batch.firstRows(sorted, by: distinctOn) }
    rows.keep(limit.map { Array(sorted.prefix($0)) } ?? sorted)
    // A later row may be the first of its kind before rows that are here already.
    guard distinctOn == nil, let limit, limit > 0, rows.batch.count == limit,
      let key = order.keys.first
    else {
      return
    }
    last = SortEntry.entries(rows.batch.columns[key.column], count: limit, key: key)[limit - 1]
  }
}
