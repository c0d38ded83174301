import Columnar

/// CASE WHEN … THEN … ELSE … END; every part is evaluated only for the rows that reach it.
final class CaseNode: ExpressionNode {
  /// One WHEN … THEN ….
  struct Branch {
    let condition: ConditionalOperand
    let result: ConditionalOperand
  }

  private let branches: [Branch]
  private let otherwise: ConditionalOperand?
  private let result: ColumnVector
  private var open: [Int32] = []
  private var taken: [Int32] = []
  private var left: [Int32] = []

  /// A CASE whose value is NULL where no branch is taken and `otherwise` is `nil`.
  init(_ branches: [Branch], otherwise: ConditionalOperand?, type: ColumnType) {
    self.branches = branches
    self.otherwise = otherwise
    result = ColumnVector(type: type, capacity: 0)
    super.init(type: type)
  }

  override func evaluate(_ batch: Batch) throws(EvaluationError) -> ColumnVector {
    result.prepare(count: batch.count)
    open.removeAll(keepingCapacity: true)
    open.append(contentsOf: 0..<Int32(batch.count))
    for branch in branches where !open.isEmpty {
      divide(by: try branch.condition.evaluate(batch, rows: open))
      if !taken.isEmpty {
        result.scatter(try branch.result.evaluate(batch, rows: taken), to: taken)
      }
      swap(&open, &left)
    }
    guard !open.isEmpty else { return result }
    if let otherwise {
      result.scatter(try otherwise.evaluate(batch, rows: open), to: open)
    } else {
      result.setNull(open)
    }
    return result
  }

  /// Sorts the open rows into those where `condition` is true and the others.
  private func divide(by condition: ColumnVector) {
    taken.removeAll(keepingCapacity: true)
    left.removeAll(keepingCapacity: true)
    let values = condition.values(as: UInt8.self)
    for (index, row) in open.enumerated() {
      if values[index] & condition.validity[index] != 0 {
        taken.append(row)
      } else {
        left.append(row)
      }
    }
  }
}
