import Columnar

extension ColumnVector {
  /// Empties the vector and gives it `count` values, none NULL, that the caller is to write.
  func prepare(count: Int) {
    removeAll()
    reserve(count)
    self.count = count
  }

  /// Marks every row NULL that is NULL in one of `inputs`, each of which has as many rows.
  func markNullWhereAny(of inputs: [ColumnVector]) {
    for input in inputs where input.hasNulls {
      let marks = validity
      let other = input.validity
      for row in 0..<count { marks[row] &= other[row] }
      hasNulls = true
    }
  }

  /// Makes the values in `rows` NULL.
  func setNull(_ rows: [Int32]) {
    for row in rows { setNull(Int(row)) }
  }
}
