import Columnar
import Operators

/// Aggregates a partition's rows by group, in each grouping set, and sends the partial states to the
/// sink.
final class GroupingConsumer: RowConsumer {
  private let layout: GroupingLayout
  private let keys: [ExpressionNode]
  /// The indexes of each set's keys.
  private let sets: [[Int]]
  private let steps: [AggregateStep]
  /// The groups of each set.
  private var groups: [Groups]
  /// The group of each row of a batch, in each set.
  private var numbers: [[UInt32]]
  private var scratch: [UInt32] = []

  /// - Throws: ``SQLError`` when an expression cannot be compiled.
  init(_ grouping: Grouping, _ compiler: ExpressionCompiler) throws(SQLError) {
    layout = try GroupingLayout(grouping)
    keys = try grouping.keys.map(compiler.compile)
    sets = grouping.sets
    steps = try grouping.aggregates.map { (call: AggregateCall) throws(SQLError) in
      try AggregateStep(call, compiler)
    }
    groups = layout.makeGroups()
    numbers = grouping.sets.map { _ in [] }
  }

  func begin(_ result: inout ResultBuffer) {
    // Partitions of one source have about as many groups each.
    groups = layout.makeGroups(expecting: groups.map(\.table.count))
  }

  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool {
    var values: [ColumnVector] = []
    values.reserveCapacity(keys.count)
    for key in keys { values.append(try key.evaluate(batch)) }
    for (index, set) in sets.enumerated() where !set.isEmpty {
      groups[index].assign(set.map { values[$0] }, count: batch.count, to: &numbers[index])
    }
    for (number, step) in steps.enumerated() {
      let values = try step.evaluate(batch)
      for (index, set) in sets.enumerated() {
        try step.update(
          groups[index].states[number], values, groups: set.isEmpty ? nil : numbers[index],
          scratch: &scratch)
      }
    }
    return true
  }

  func finish(_ result: inout ResultBuffer) -> Int {
    layout.encode(groups.map { $0.partial() }, into: &result)
    return groups.reduce(0) { $0 + $1.table.count }
  }
}
