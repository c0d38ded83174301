import Columnar

/// `mode`: the most frequent value; of several the first in order.
struct ModeReduction: KeptRowsReduction {
  func reduce(_ kept: KeptRows) throws(EvaluationError) -> ColumnVector {
    let column = kept.columns[0]
    let result = ColumnVector(type: column.type, capacity: kept.groupCount)
    for group in 0..<kept.groupCount {
      var most = (row: -1, count: 0)
      var run = (row: -1, count: 0)
      for row in kept.rows(of: group) {
        if run.row >= 0, column.equalRows(run.row, column, Int(row)) {
          run.count += 1
        } else {
          run = (Int(row), 1)
        }
        if run.count > most.count { most = run }
      }
      if most.row < 0 {
        result.appendNull()
      } else {
        result.append(copying: column, row: most.row)
      }
    }
    return result
  }
}
