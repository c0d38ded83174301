extension ColumnVector {
  /// Replaces all values by `rows` times `value`, of the stored type named at ``ColumnType``.
  package func fill<Value: BitwiseCopyable>(_ value: Value, count rows: Int) {
    removeAll()
    reserve(rows)
    values(as: Value.self).update(repeating: value, count: rows)
    count = rows
  }

  /// Replaces all values by `rows` NULLs.
  package func fillNull(count rows: Int) {
    removeAll()
    reserve(rows)
    clearValues(0, rows)
    if rows > 0 {
      validity.update(repeating: 0, count: rows)
      hasNulls = true
    }
    count = rows
  }

  /// Replaces all values by `rows` times the one in `row` of `other`, which has the same type.
  package func fill(from other: ColumnVector, row: Int, count rows: Int) {
    precondition(type == other.type, "cannot fill \(type.name) with \(other.type.name)")
    precondition(row >= 0 && row < other.count && other !== self)
    if other.isNull(row) {
      fillNull(count: rows)
      return
    }
    switch type {
    case .boolean: fill(other.values(as: UInt8.self)[row], count: rows)
    case .integer, .date: fill(other.values(as: Int32.self)[row], count: rows)
    case .bigint, .timestamp, .timestamptz: fill(other.values(as: Int64.self)[row], count: rows)
    case .double: fill(other.values(as: Double.self)[row], count: rows)
    case .numeric: fill(other.values(as: Numeric.self)[row], count: rows)
    case .interval: fill(other.values(as: Interval.self)[row], count: rows)
    case .text:
      fill(other.values(as: StringView.self)[row], count: rows)
      adoptOwners(of: other)
    }
  }
}
