import Columnar

/// Rows for an aggregate to take in.
struct AggregateInput {
  /// The group of each row; `nil` when all are of group 0.
  let groups: UnsafePointer<UInt32>?
  /// The argument's values; `nil` for `count(*)`.
  let argument: ColumnVector?
  /// Rows.
  let count: Int

  /// Calls `body` with (row, group) for every row whose argument is not NULL, in row order.
  ///
  /// Inlined so that each caller has loops of its own: with and without groups and NULLs.
  @inline(__always)
  func forEachValue(_ body: (Int, Int) throws -> Void) rethrows {
    if let argument, argument.hasNulls {
      let valid = argument.validity
      if let groups {
        for row in 0..<count where valid[row] != 0 { try body(row, Int(groups[row])) }
      } else {
        for row in 0..<count where valid[row] != 0 { try body(row, 0) }
      }
    } else if let groups {
      for row in 0..<count { try body(row, Int(groups[row])) }
    } else {
      for row in 0..<count { try body(row, 0) }
    }
  }
}
