import Columnar

/// Three-valued AND or OR of two or more operands.
///
/// Every operand turns into two marks for a row: whether it decides the result (false for AND, true
/// for OR) and whether it is NULL. Both are merged bytewise. Operands that can fail are evaluated
/// only for the rows that no earlier operand decided.
final class LogicNode: ExpressionNode {
  /// An operand with how it may be evaluated.
  enum Operand {
    /// Cannot fail: evaluated for all rows at once.
    case eager(ExpressionNode)
    /// Evaluated only where it matters.
    case guarded(ConditionalOperand)
  }

  private let operands: [Operand]
  /// The value that decides: 0 for AND, 1 for OR.
  private let deciding: UInt8
  private let result = ColumnVector(type: .boolean, capacity: 0)
  private var rows: [Int32] = []

  /// AND of `operands`, or OR when `isOr`.
  init(_ operands: [Operand], isOr: Bool) {
    self.operands = operands
    deciding = isOr ? 1 : 0
    super.init(type: .boolean)
  }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    result.prepare(count: batch.count)
    // While operands are merged: values are the marks "decided", validity the marks "no NULL yet".
    let decided = result.values(as: UInt8.self)
    let known = result.validity
    decided.update(repeating: 0, count: batch.count)
    for operand in operands {
      switch operand {
      case .eager(let node):
        merge(try node.evaluate(batch), decided, known)
      case .guarded(let operand):
        rows.removeAll(keepingCapacity: true)
        for row in 0..<batch.count where decided[row] == 0 { rows.append(Int32(row)) }
        guard !rows.isEmpty else { continue }
        mergeListed(try operand.evaluate(batch, rows: rows), decided, known)
      }
    }
    for row in 0..<batch.count {
      let isDecided = decided[row]
      let isKnown = known[row] | isDecided
      decided[row] = (isDecided ^ 1 ^ deciding) & isKnown
      known[row] = isKnown
    }
    return result
  }

  private func merge(
    _ operand: ColumnVector, _ decided: UnsafeMutablePointer<UInt8>,
    _ known: UnsafeMutablePointer<UInt8>
  ) {
    let values = operand.values(as: UInt8.self)
    let flip = deciding ^ 1
    guard operand.hasNulls else {
      for row in 0..<result.count { decided[row] |= values[row] ^ flip }
      return
    }
    let valid = operand.validity
    for row in 0..<result.count {
      decided[row] |= valid[row] & (values[row] ^ flip)
      known[row] &= valid[row]
    }
    result.hasNulls = true
  }

  private func mergeListed(
    _ operand: ColumnVector, _ decided: UnsafeMutablePointer<UInt8>,
    _ known: UnsafeMutablePointer<UInt8>
  ) {
    let values = operand.values(as: UInt8.self)
    let valid = operand.validity
    let flip = deciding ^ 1
    for (index, row) in rows.enumerated() {
      decided[Int(row)] |= valid[index] & (values[index] ^ flip)
      known[Int(row)] &= valid[index]
    }
    if operand.hasNulls { result.hasNulls = true }
  }
}
