import Columnar

/// An expression that is evaluated for some rows of a batch only, so that what guards it (CASE,
/// AND, OR, COALESCE, FILTER) decides where it may fail.
final class ConditionalOperand {
  private let node: ExpressionNode
  private let gatherer: RowGatherer

  /// `node`, which reads the columns at `slots`.
  init(_ node: ExpressionNode, slots: [Int]) {
    self.node = node
    gatherer = RowGatherer(slots: slots)
  }

  /// Evaluates all rows.
  func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    try node.evaluate(batch)
  }

  /// Evaluates the rows listed, in ascending order, in `rows`.
  ///
  /// - Returns: a vector with one value for each listed row, valid until the next evaluation.
  func evaluate(_ batch: Batch, rows: [Int32]) throws(EvaluationError) -> ColumnVector {
    if rows.count == batch.count { return try node.evaluate(batch) }
    do {
      return try node.evaluate(gatherer.gather(batch, rows))
    } catch {
      throw EvaluationError(
        row: Int(rows[error.row]), position: error.position, error.message)
    }
  }
}
