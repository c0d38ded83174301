import Columnar

/// The same value for every row, kept as a filled vector so that kernels need no second form.
final class ConstantNode: ExpressionNode {
  private var vector: ColumnVector
  private var filled = 1

  /// Whether the value is NULL.
  var isNull: Bool { vector.isNull(0) }

  /// Whether the value is true, of a boolean.
  var isTrue: Bool { type == .boolean && !isNull && value(as: UInt8.self) != 0 }

  /// The value of row 0 of `value`; takes the vector over.
  init(firstOf value: ColumnVector) {
    precondition(value.count >= 1)
    vector = value
    super.init(type: value.type)
  }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    if batch.count > filled {
      filled = max(batch.count, 2 * filled)
      let larger = ColumnVector(type: type, capacity: filled)
      // What `fill` reads; the vector may have answered an empty batch.
      vector.count = 1
      larger.fill(from: vector, row: 0, count: filled)
      vector = larger
    }
    vector.count = batch.count
    return vector
  }

  /// The value as what the type is stored as.
  func value<Value: BitwiseCopyable>(as: Value.Type) -> Value { vector.values(as: Value.self)[0] }
}
