import Columnar

/// Adds the columns of window functions to rows that are held. Rows keep their order.
final class WindowStep {
  private let calls: [WindowFunctionStep]

  /// - Parameter types: of the rows' columns.
  /// - Throws: ``SQLError`` when a call cannot be compiled.
  init(_ calls: [WindowCall], over types: [ColumnType]) throws(SQLError) {
    let compiler = ExpressionCompiler(slots: types)
    self.calls = try calls.map { (call: WindowCall) throws(SQLError) in
      try WindowFunctionStep(call, compiler)
    }
  }

  /// The rows with a column more for each call.
  ///
  /// - Throws: ``EvaluationError`` naming the row whose value cannot be computed.
  func adding(to batch: Batch) throws(EvaluationError) -> Batch {
    var result = batch
    var ordered: [(step: WindowFunctionStep, rows: OrderedRows)] = []
    for call in calls {
      let known = ordered.first { $0.step.hasOrder(of: call) }
      let rows: OrderedRows
      if let known {
        rows = known.rows
      } else {
        rows = try call.order(batch)
        ordered.append((call, rows))
      }
      let sorted = try call.values(batch, rows)
      result.columns.append(rows.inOrderOfInput(sorted))
    }
    return result
  }
}
