extension ColumnVector {
  /// Negative, zero or positive as the value in `row` sorts before, with or after that in
  /// `otherRow` of `other`, which has the same type.
  ///
  /// PostgreSQL's ascending order: false before true, NaN after all numbers and equal to itself,
  /// text by its bytes, NULL after everything and equal to itself. Rows are not checked in release
  /// builds.
  package func compare(_ row: Int, _ other: ColumnVector, _ otherRow: Int) -> Int {
    assert(type == other.type && row < count && otherRow < other.count)
    if hasNulls || other.hasNulls {
      let valid = validity[row]
      let otherValid = other.validity[otherRow]
      // 1 where there is a value: NULL, 0, sorts after it.
      if valid & otherValid == 0 { return Int(otherValid) - Int(valid) }
    }
    switch type {
    case .boolean: return order(UInt8.self, row, other, otherRow)
    case .integer, .date: return order(Int32.self, row, other, otherRow)
    case .bigint, .timestamp, .timestamptz: return order(Int64.self, row, other, otherRow)
    case .double:
      return Self.order(values(as: Double.self)[row], other.values(as: Double.self)[otherRow])
    case .numeric:
      return values(as: Numeric.self)[row].compare(other.values(as: Numeric.self)[otherRow])
    case .text:
      return values(as: StringView.self)[row].compare(other.values(as: StringView.self)[otherRow])
    case .interval:
      return values(as: Interval.self)[row].compare(other.values(as: Interval.self)[otherRow])
    }
  }

  /// PostgreSQL's order of doubles: NaN equals itself and is greater than all else; -0 equals 0.
  @inlinable @inline(__always)
  package static func order(_ left: Double, _ right: Double) -> Int {
    if left < right { return -1 }
    if left > right { return 1 }
    if left == right { return 0 }
    return (left.isNaN ? 1 : 0) - (right.isNaN ? 1 : 0)
  }

  /// Whether the values in both rows are the same for GROUP BY and DISTINCT: NULL is the same as
  /// NULL, NaN as NaN, -0 as 0, 1.0 as 1.00, 1 month as 30 days. `other` has the same type.
  package func equalRows(_ row: Int, _ other: ColumnVector, _ otherRow: Int) -> Bool {
    assert(type == other.type && row < count && otherRow < other.count)
    if hasNulls || other.hasNulls {
      let valid = validity[row]
      let otherValid = other.validity[otherRow]
      if valid & otherValid == 0 { return valid == otherValid }
    }
    switch type {
    case .boolean: return values(as: UInt8.self)[row] == other.values(as: UInt8.self)[otherRow]
    case .integer, .date:
      return values(as: Int32.self)[row] == other.values(as: Int32.self)[otherRow]
    case .bigint, .timestamp, .timestamptz:
      return values(as: Int64.self)[row] == other.values(as: Int64.self)[otherRow]
    case .double:
      let left = values(as: Double.self)[row]
      let right = other.values(as: Double.self)[otherRow]
      return left == right || (left.isNaN && right.isNaN)
    case .numeric:
      return values(as: Numeric.self)[row] == other.values(as: Numeric.self)[otherRow]
    case .text:
      return values(as: StringView.self)[row] == other.values(as: StringView.self)[otherRow]
    case .interval:
      return values(as: Interval.self)[row].compare(other.values(as: Interval.self)[otherRow]) == 0
    }
  }

  @inline(__always)
  private func order<Value: BitwiseCopyable & Comparable>(
    _: Value.Type, _ row: Int, _ other: ColumnVector, _ otherRow: Int
  ) -> Int {
    let left = values(as: Value.self)[row]
    let right = other.values(as: Value.self)[otherRow]
    return left < right ? -1 : (left == right ? 0 : 1)
  }
}
