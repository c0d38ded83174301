import Columnar

/// One aggregate of a grouping at work on batches: its compiled arguments and filter.
struct AggregateStep {
  private let arguments: [ConditionalOperand]
  private let filter: ExpressionNode?
  private let position: Int

  /// - Throws: ``SQLError`` when an expression cannot be compiled.
  init(_ call: AggregateCall, _ compiler: ExpressionCompiler) throws(SQLError) {
    arguments = try call.arguments.map(compiler.conditional)
    filter = try call.filter.map(compiler.compile)
    position = call.position
  }

  /// The arguments' values for the rows of a batch that count.
  struct Values {
    fileprivate let arguments: [ColumnVector]
    /// The rows that count, or `nil` when all do.
    fileprivate let rows: [Int32]?
    fileprivate let count: Int
  }

  /// Evaluates the filter and the arguments for `batch`; valid until the next evaluation.
  func evaluate(_ batch: Batch) throws(EvaluationError) -> Values {
    guard let filter else {
      var values: [ColumnVector] = []
      values.reserveCapacity(arguments.count)
      for argument in arguments { values.append(try argument.evaluate(batch)) }
      return Values(arguments: values, rows: nil, count: batch.count)
    }
    let rows = Self.rows(where: try filter.evaluate(batch))
    if rows.isEmpty { return Values(arguments: [], rows: [], count: 0) }
    var values: [ColumnVector] = []
    for argument in arguments { values.append(try argument.evaluate(batch, rows: rows)) }
    return Values(arguments: values, rows: rows, count: rows.count)
  }

  /// Takes evaluated rows into `state`.
  ///
  /// - Parameters:
  ///   - groups: the group of each row of the batch; `nil` when there is but one group.
  ///   - scratch: space to reuse.
  func update(
    _ state: AggregateState, _ values: Values, groups: [UInt32]?, scratch: inout [UInt32]
  ) throws(EvaluationError) {
    if values.count == 0 { return }
    do {
      guard let groups else {
        try state.update(
          AggregateInput(groups: nil, arguments: values.arguments, count: values.count))
        return
      }
      guard let rows = values.rows else {
        try take(state, values, groups)
        return
      }
      scratch.removeAll(keepingCapacity: true)
      for row in rows { scratch.append(groups[Int(row)]) }
      try take(state, values, scratch)
    } catch {
      let row = values.rows.map { Int($0[error.row]) } ?? error.row
      throw EvaluationError(row: row, position: position, error.message)
    }
  }

  private func take(
    _ state: AggregateState, _ values: Values, _ groups: [UInt32]
  ) throws(EvaluationError) {
    try groups.withUnsafeBufferPointer { groups throws(EvaluationError) in
      try state.update(
        AggregateInput(
          groups: groups.baseAddress, arguments: values.arguments, count: values.count))
    }
  }

  private static func rows(where passes: ColumnVector) -> [Int32] {
    let values = passes.values(as: UInt8.self)
    var rows: [Int32] = []
    for row in 0..<passes.count where values[row] & passes.validity[row] != 0 {
      rows.append(Int32(row))
    }
    return rows
  }
}
