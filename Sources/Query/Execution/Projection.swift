import Columnar

/// The select list: computes the result's columns from rows or from groups.
struct Projection {
  private let nodes: [ExpressionNode]

  /// - Throws: ``SQLError`` when an expression cannot be compiled.
  init(_ output: [OutputColumn], _ compiler: ExpressionCompiler) throws(SQLError) {
    nodes = try output.map { (column: OutputColumn) throws(SQLError) in
      try compiler.compile(column.expression)
    }
  }

  /// The result's columns for the rows of `batch`; valid until the next call.
  func evaluate(_ batch: Batch) throws(EvaluationError) -> Batch {
    var result = Batch(columns: [], count: batch.count)
    result.columns.reserveCapacity(nodes.count)
    for node in nodes { result.columns.append(try node.evaluate(batch)) }
    return result
  }
}
