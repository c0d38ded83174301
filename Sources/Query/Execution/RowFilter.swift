import Columnar

/// A condition that rows have to meet.
final class RowFilter {
  private let node: ExpressionNode
  private let gatherer: RowGatherer
  /// The rows that passed of the batch filtered last, unless all did.
  private(set) var passed: [Int32]?
  private var rows: [Int32] = []

  /// - Parameter kept: the slots of the columns that are read after the filter.
  /// - Throws: ``SQLError`` when the condition cannot be compiled.
  init(_ condition: Expression, kept: [Int], _ compiler: ExpressionCompiler) throws(SQLError) {
    node = try compiler.compile(condition)
    gatherer = RowGatherer(slots: kept)
  }

  /// Finds the rows of `batch` for which the condition is true.
  ///
  /// - Returns: how many they are; ``passed`` lists them.
  func select(_ batch: Batch) throws(EvaluationError) -> Int {
    passed = nil
    let condition = try node.evaluate(batch)
    let values = condition.values(as: UInt8.self)
    let valid = condition.validity
    if rows.count < batch.count { rows = [Int32](repeating: 0, count: batch.count) }
    let count = rows.withUnsafeMutableBufferPointer { rows in
      var count = 0
      for row in 0..<batch.count {
        rows[count] = Int32(truncatingIfNeeded: row)
        count &+= Int(values[row] & valid[row])
      }
      return count
    }
    passed = count == batch.count ? nil : Array(rows[..<count])
    return count
  }

  /// The rows of `batch` that passed; valid until the next batch.
  func keep(_ batch: Batch) -> Batch {
    guard let passed else { return batch }
    return gatherer.gather(batch, passed)
  }
}
