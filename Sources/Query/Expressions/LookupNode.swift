import Columnar

/// `EXISTS (…)` and `operand IN (SELECT …)`: looks operands up among a sub-query's rows.
final class LookupNode: ExpressionNode {
  private let lookup: CompiledLookup
  private let operands: [ExpressionNode]
  private let result = ColumnVector(type: .boolean, capacity: 0)
  private var groups: [UInt32] = []

  /// - Parameter operands: one for each column of the sub-query's rows, of the same type.
  init(_ lookup: CompiledLookup, _ operands: [ExpressionNode]) {
    self.lookup = lookup
    self.operands = operands
    super.init(type: .boolean)
  }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    var values: [ColumnVector] = []
    values.reserveCapacity(operands.count)
    for operand in operands { values.append(try operand.evaluate(batch)) }
    result.prepare(count: batch.count)
    lookup.rows.find(values, count: batch.count, to: &groups)
    let output = result.values(as: UInt8.self)
    for row in 0..<batch.count { output[row] = lookup.rows.places(of: groups[row]).isEmpty ? 0 : 1 }
    guard lookup.kind == .membership, lookup.rows.count > 0 else { return result }
    // In a list that is not empty, NULL may be anything, and anything may be NULL.
    if lookup.hasNull {
      for row in 0..<batch.count where output[row] == 0 { result.setNull(row) }
    }
    result.markNullWhereAny(of: values)
    return result
  }
}
