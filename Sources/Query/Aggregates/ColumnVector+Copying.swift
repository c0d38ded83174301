import Columnar

extension ColumnVector {
  /// A vector with a copy of `count` values from `values`, none NULL.
  convenience init<Value: BitwiseCopyable>(
    copying values: UnsafePointer<Value>, count: Int, type: ColumnType
  ) {
    self.init(type: type, capacity: count)
    self.values(as: Value.self).update(from: values, count: count)
    self.count = count
  }

  /// Appends the value in `row` of `other`, which has the same type; text is copied, so that the
  /// vector depends on nothing of `other`'s.
  func append(copying other: ColumnVector, row: Int) {
    if other.isNull(row) {
      appendNull()
      return
    }
    switch type {
    case .boolean: append(other.values(as: UInt8.self)[row])
    case .integer, .date: append(other.values(as: Int32.self)[row])
    case .bigint, .timestamp, .timestamptz: append(other.values(as: Int64.self)[row])
    case .double: append(other.values(as: Double.self)[row])
    case .numeric: append(other.values(as: Numeric.self)[row])
    case .interval: append(other.values(as: Interval.self)[row])
    case .text: append(copying: other.values(as: StringView.self)[row])
    }
  }

  /// Appends the first `rows` values of `other`, which has the same type; text is copied.
  func append(copyingAllOf other: ColumnVector, count rows: Int) {
    guard type == .text else {
      append(contentsOf: other, rows: 0..<rows)
      return
    }
    reserve(count + rows)
    let views = other.values(as: StringView.self)
    for row in 0..<rows {
      if other.isNull(row) { appendNull() } else { append(copying: views[row]) }
    }
  }
}
