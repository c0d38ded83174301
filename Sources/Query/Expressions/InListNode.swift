import Columnar

/// `operand IN (constants)`: looks every value up in a table of the constants.
final class InListNode: ExpressionNode {
  private let operand: ExpressionNode
  private let constants: GroupTable
  private let hasNull: Bool
  private let result = ColumnVector(type: .boolean, capacity: 0)
  private var found: [UInt32] = []

  /// - Parameters:
  ///   - constants: the values looked for, none NULL, of the operand's type.
  ///   - hasNull: whether NULL is among the constants, so that what is not found is unknown.
  init(_ operand: ExpressionNode, constants: ColumnVector, hasNull: Bool) {
    self.operand = operand
    self.constants = GroupTable(types: [operand.type])
    self.constants.assign([constants], count: constants.count, to: &found)
    self.hasNull = hasNull
    super.init(type: .boolean)
  }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    let values = try operand.evaluate(batch)
    result.prepare(count: batch.count)
    constants.find([values], count: batch.count, to: &found)
    let output = result.values(as: UInt8.self)
    for row in 0..<batch.count { output[row] = found[row] == GroupTable.none ? 0 : 1 }
    if hasNull {
      for row in 0..<batch.count where output[row] == 0 { result.setNull(row) }
    }
    result.markNullWhereAny(of: [values])
    return result
  }
}
