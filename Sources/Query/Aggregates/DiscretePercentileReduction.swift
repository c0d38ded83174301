import Columnar

/// `percentile_disc`: the first value in order at or beyond a fraction of the rows.
struct DiscretePercentileReduction: KeptRowsReduction {
  /// From 0 to 1; without one the result is NULL.
  let fraction: Double?

  func reduce(_ kept: KeptRows) throws(EvaluationError) -> ColumnVector {
    let column = kept.columns[0]
    let result = ColumnVector(type: column.type, capacity: kept.groupCount)
    for group in 0..<kept.groupCount {
      let rows = kept.rows(of: group)
      guard let fraction, !rows.isEmpty else {
        result.appendNull()
        continue
      }
      let place = max(Int((fraction * Double(rows.count)).rounded(.up)), 1)
      result.append(copying: column, row: Int(rows[rows.startIndex + place - 1]))
    }
    return result
  }
}
