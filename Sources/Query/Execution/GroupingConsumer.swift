import Columnar
import Operators

/// Aggregates a partition's rows by group and sends the partial states to the sink.
final class GroupingConsumer: RowConsumer {
  private let layout: GroupLayout
  private let keys: [ExpressionNode]
  private let steps: [AggregateStep]
  private var groups: Groups
  private var numbers: [UInt32] = []
  private var scratch = AggregateStep.Scratch()

  /// - Throws: ``SQLError`` when an expression cannot be compiled.
  init(_ grouping: Grouping, _ compiler: ExpressionCompiler) throws(SQLError) {
    layout = try GroupLayout(grouping)
    keys = try grouping.keys.map(compiler.compile)
    steps = try grouping.aggregates.map { (call: AggregateCall) throws(SQLError) in
      try AggregateStep(call, compiler)
    }
    groups = Groups(layout)
  }

  func begin(_ result: inout ResultBuffer) { groups = Groups(layout) }

  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool {
    if !keys.isEmpty {
      var values: [ColumnVector] = []
      values.reserveCapacity(keys.count)
      for key in keys { values.append(try key.evaluate(batch)) }
      groups.assign(values, count: batch.count, to: &numbers)
    }
    for (step, state) in zip(steps, groups.states) {
      try step.update(
        state, batch, groups: keys.isEmpty ? nil : numbers, scratch: &scratch)
    }
    return true
  }

  func finish(_ result: inout ResultBuffer) -> Int {
    layout.encode(groups.partial(), into: &result)
    return groups.table.count
  }
}
