import Columnar

/// All rows of all groups that an aggregate is computed of, in the order it asked for.
struct KeptRows {
  /// The arguments of all rows.
  let columns: [ColumnVector]
  /// Indexes of the rows: those of group 0, then those of group 1, and so on.
  let rows: [Int32]
  /// Where each group begins in ``rows``, and where the last ends.
  let starts: [Int]

  /// Groups, those without rows included.
  var groupCount: Int { starts.count - 1 }

  /// The rows of a group, in order.
  func rows(of group: Int) -> ArraySlice<Int32> { rows[starts[group]..<starts[group + 1]] }
}

/// What computes an aggregate of the rows that were kept for it.
protocol KeptRowsReduction {
  /// Whether the order of the rows can change the result.
  var dependsOnOrder: Bool { get }

  /// The aggregate's value for each group.
  ///
  /// - Throws: ``EvaluationError`` whose row is the group that has no value.
  func reduce(_ kept: KeptRows) throws(EvaluationError) -> ColumnVector
}

extension KeptRowsReduction {
  var dependsOnOrder: Bool { true }
}
