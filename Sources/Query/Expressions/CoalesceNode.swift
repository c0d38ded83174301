import Columnar

/// COALESCE: the first operand that is not NULL; each is evaluated only where all before are NULL.
final class CoalesceNode: ExpressionNode {
  private let operands: [ConditionalOperand]
  private let result: ColumnVector
  private var open: [Int32] = []
  private var next: [Int32] = []

  init(_ operands: [ConditionalOperand], type: ColumnType) {
    self.operands = operands
    result = ColumnVector(type: type, capacity: 0)
    super.init(type: type)
  }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    result.prepare(count: batch.count)
    open.removeAll(keepingCapacity: true)
    open.append(contentsOf: 0..<Int32(batch.count))
    for operand in operands where !open.isEmpty {
      let value = try operand.evaluate(batch, rows: open)
      result.scatter(value, to: open)
      next.removeAll(keepingCapacity: true)
      if value.hasNulls {
        for (index, row) in open.enumerated() where value.validity[index] == 0 {
          next.append(row)
        }
      }
      swap(&open, &next)
    }
    // Marks that an earlier operand set were cleared again by a later one's scatter.
    result.hasNulls = false
    result.setNull(open)
    return result
  }
}
