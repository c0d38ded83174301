import Columnar

/// An input column, answered as it is.
final class ColumnNode: ExpressionNode {
  private let slot: Int

  /// The column at `slot` of every batch, which must have this type.
  init(slot: Int, type: ColumnType) {
    self.slot = slot
    super.init(type: type)
  }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    let column = batch.columns[slot]
    precondition(column.type == type, "slot \(slot) holds \(column.type), not \(type)")
    return column
  }
}
