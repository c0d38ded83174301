import Columnar

/// An aggregate that takes rows in one by one, of rows that were kept to leave out repeats or to
/// bring them in order.
struct StreamedReduction: KeptRowsReduction {
  private let state: AggregateState

  /// Takes the rows into `state`, which is empty and used for nothing else.
  init(_ state: AggregateState) { self.state = state }

  func reduce(_ kept: KeptRows) throws(EvaluationError) -> ColumnVector {
    state.grow(to: kept.groupCount)
    let parts = kept.columns.map { ColumnVector(type: $0.type, capacity: RowReader.batchRows) }
    var groups: [UInt32] = []
    var group = 0
    for start in stride(from: 0, to: kept.rows.count, by: RowReader.batchRows) {
      let end = min(start + RowReader.batchRows, kept.rows.count)
      kept.rows.withUnsafeBufferPointer { rows in
        let some = UnsafeBufferPointer(rebasing: rows[start..<end])
        for (part, column) in zip(parts, kept.columns) { part.gather(from: column, rows: some) }
      }
      groups.removeAll(keepingCapacity: true)
      for place in start..<end {
        while place >= kept.starts[group + 1] { group += 1 }
        groups.append(UInt32(group))
      }
      do {
        try groups.withUnsafeBufferPointer { groups throws(EvaluationError) in
          try state.update(
            AggregateInput(groups: groups.baseAddress, arguments: parts, count: end - start))
        }
      } catch {
        throw EvaluationError(row: Int(groups[error.row]), error.message)
      }
    }
    return try state.finish()
  }
}
