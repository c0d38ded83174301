import Columnar

extension Batch {
  /// The rows of all `batches`, whose columns are of these types; text stays where it is.
  init(joining batches: [Batch], types: [ColumnType]) {
    if batches.count == 1 {
      self = batches[0]
      return
    }
    let columns = types.indices.map { index in
      let column = ColumnVector(type: types[index], capacity: 0)
      for batch in batches { column.append(contentsOf: batch.columns[index]) }
      return column
    }
    self.init(columns: columns, count: batches.reduce(0) { $0 + $1.count })
  }

  /// A batch of its own with the rows listed, in that order; its text depends on nothing else.
  func picking(_ rows: [Int32]) -> Batch {
    let picked = columns.map { column in
      let vector = ColumnVector(type: column.type, capacity: rows.count)
      rows.withUnsafeBufferPointer { vector.gather(from: column, rows: $0) }
      vector.copyText()
      return vector
    }
    return Batch(columns: picked, count: rows.count)
  }

  /// The first rows; columns hold more values than there are rows then, as evaluation allows.
  func first(_ rows: Int) -> Batch { Batch(columns: columns, count: min(rows, count)) }

  /// The rows in a range; text stays where it is.
  func slice(_ rows: Range<Int>) -> Batch {
    if rows == 0..<count { return self }
    return Batch(columns: columns.map { $0.slice(rows) }, count: rows.count)
  }

  /// The rows with these columns only, in this order.
  func selecting(_ indexes: [Int]) -> Batch {
    Batch(columns: indexes.map { columns[$0] }, count: count)
  }
}
