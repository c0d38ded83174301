import Columnar

/// One aggregate of a grouping at work on batches: its compiled argument and filter.
struct AggregateStep {
  private let argument: ConditionalOperand?
  private let filter: ExpressionNode?
  private let position: Int

  /// - Throws: ``SQLError`` when an expression cannot be compiled.
  init(_ call: AggregateCall, _ compiler: ExpressionCompiler) throws(SQLError) {
    argument = try call.argument.map(compiler.conditional)
    filter = try call.filter.map(compiler.compile)
    position = call.position
  }

  /// Takes the rows of `batch` into `state`.
  ///
  /// - Parameters:
  ///   - groups: the group of each row; `nil` when there is but one group.
  ///   - scratch: space to reuse.
  func update(
    _ state: AggregateState, _ batch: Batch, groups: [UInt32]?, scratch: inout Scratch
  ) throws(EvaluationError) {
    guard let filter else {
      let values = try argument?.evaluate(batch)
      do {
        try take(state, values, batch.count, groups)
      } catch {
        throw EvaluationError(row: error.row, position: position, error.message)
      }
      return
    }
    scratch.select(try filter.evaluate(batch), groups)
    let rows = scratch.rows
    if rows.isEmpty { return }
    let values = try argument?.evaluate(batch, rows: rows)
    do {
      try take(state, values, rows.count, groups == nil ? nil : scratch.groups)
    } catch {
      throw EvaluationError(row: Int(rows[error.row]), position: position, error.message)
    }
  }

  private func take(
    _ state: AggregateState, _ values: ColumnVector?, _ count: Int, _ groups: [UInt32]?
  ) throws(EvaluationError) {
    guard let groups else {
      try state.update(AggregateInput(groups: nil, argument: values, count: count))
      return
    }
    try groups.withUnsafeBufferPointer { groups throws(EvaluationError) in
      try state.update(
        AggregateInput(groups: groups.baseAddress, argument: values, count: count))
    }
  }

  /// Space reused from batch to batch.
  struct Scratch {
    fileprivate var rows: [Int32] = []
    fileprivate var groups: [UInt32] = []

    init() {}

    /// Lists the rows where `passes` is true, and their groups.
    fileprivate mutating func select(_ passes: ColumnVector, _ allGroups: [UInt32]?) {
      rows.removeAll(keepingCapacity: true)
      groups.removeAll(keepingCapacity: true)
      let values = passes.values(as: UInt8.self)
      for row in 0..<passes.count where values[row] & passes.validity[row] != 0 {
        rows.append(Int32(row))
        if let allGroups { groups.append(allGroups[row]) }
      }
    }
  }
}
