import Columnar

/// Rows for an aggregate to take in.
struct AggregateInput {
  /// The group of each row; `nil` when all are of group 0.
  let groups: UnsafePointer<UInt32>?
  /// The arguments' values; none for `count(*)`.
  let arguments: [ColumnVector]
  /// Rows.
  let count: Int

  /// The first argument's values; `nil` for `count(*)`.
  var argument: ColumnVector? { arguments.first }

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

  /// Calls `body` with (row, group) for every row where none of these arguments is NULL, in row
  /// order.
  @inline(__always)
  func forEachRow(required: [Int], _ body: (Int, Int) throws -> Void) rethrows {
    let marks = required.map { arguments[$0] }.filter(\.hasNulls).map(\.validity)
    for row in 0..<count where marks.isEmpty || marks.allSatisfy({ $0[row] != 0 }) {
      try body(row, groups.map { Int($0[row]) } ?? 0)
    }
  }
}
