package import Columnar

/// A compiled expression: gives one value for each row of a batch.
///
/// A node owns the vector it answers with and reuses it: the answer is valid until the node is
/// evaluated again. One thread at a time.
package class ExpressionNode {
  /// The type of every value.
  package let type: ColumnType

  init(type: ColumnType) { self.type = type }

  /// Evaluates all rows of `batch`, whose columns hold at least as many values as it has rows.
  ///
  /// - Returns: a vector of at least `batch.count` values that must not be changed.
  /// - Throws: the error of the first row, by the order of evaluation, that has no value.
  package func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    preconditionFailure("\(Swift.type(of: self)) does not evaluate")
  }
}
