import Columnar

/// `percentile_cont`: the value at a fraction of the way through the rows, between the two nearest.
struct ContinuousPercentileReduction: KeptRowsReduction {
  /// From 0 to 1; without one the result is NULL.
  let fraction: Double?

  func reduce(_ kept: KeptRows) throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .double, capacity: kept.groupCount)
    let values = kept.columns[0].values(as: Double.self)
    for group in 0..<kept.groupCount {
      let rows = kept.rows(of: group)
      guard let fraction, !rows.isEmpty else {
        result.appendNull()
        continue
      }
      let place = fraction * Double(rows.count - 1)
      let lower = place.rounded(.down)
      let low = values[Int(rows[rows.startIndex + Int(lower)])]
      let high = values[Int(rows[rows.startIndex + Int(place.rounded(.up))])]
      result.append(place == lower ? low : low + (place - lower) * (high - low))
    }
    return result
  }
}
