import Columnar

/// Rows that were set aside: copies that depend on nothing else.
final class RowBuffer {
  /// The rows.
  private(set) var batch: Batch

  /// An empty buffer for columns of these types.
  init(types: [ColumnType]) {
    batch = Batch(columns: types.map { ColumnVector(type: $0, capacity: 0) }, count: 0)
  }

  /// Appends a copy of the rows of `other`.
  func append(_ other: Batch) {
    for (column, added) in zip(batch.columns, other.columns) {
      column.append(copyingAllOf: added, count: other.count)
    }
    batch.count += other.count
  }

  /// Keeps the rows listed, in that order.
  func keep(_ rows: [Int32]) { batch = batch.picking(rows) }

  /// Forgets all rows.
  func removeAll() {
    for column in batch.columns { column.removeAll() }
    batch.count = 0
  }
}
