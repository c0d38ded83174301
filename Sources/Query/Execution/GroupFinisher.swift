import Columnar

/// What follows the merging of groups: HAVING, the select list and DISTINCT.
final class GroupFinisher {
  /// The groups' shape.
  let layout: GroupingLayout
  private let having: RowFilter?
  private let projection: Projection
  private let types: [ColumnType]
  private let isDistinct: Bool

  /// - Throws: ``SQLError`` when an expression cannot be compiled.
  init(
    _ grouping: Grouping, _ plan: SelectPlan, _ tables: TableRows
  ) throws(SQLError) {
    let layout = try GroupingLayout(grouping)
    self.layout = layout
    let compiler = ExpressionCompiler(
      slots: layout.types, lookups: try plan.compiledLookups(tables))
    having = try plan.having.map { (condition: Expression) throws(SQLError) in
      try RowFilter(condition, kept: Array(layout.types.indices), compiler)
    }
    projection = try Projection(plan.output, compiler)
    types = plan.output.map(\.expression.type)
    isDistinct = plan.distinct
  }

  /// The groups when there was no partition at all.
  func noRows() -> GroupedRows {
    GroupedRows(layout.makeGroups().map { $0.partial() }, layout)
  }

  /// The result's rows for the groups of a set from `start` on, at most a batch; valid until the next call.
  func chunk(_ groups: Batch, from start: Int) throws(EvaluationError) -> Batch {
    var batch = groups.slice(start..<min(start + RowReader.batchRows, groups.count))
    if let having {
      _ = try having.select(batch)
      batch = having.keep(batch)
    }
    return try projection.evaluate(batch)
  }

  /// The result's rows for all groups of all sets, in a batch of their own.
  func all(_ sets: [Batch]) throws(EvaluationError) -> Batch {
    let distinct = GroupTable(types: types)
    let rows = RowBuffer(types: types)
    var numbers: [UInt32] = []
    for groups in sets {
      for start in stride(from: 0, to: groups.count, by: RowReader.batchRows) {
        let chunk = try chunk(groups, from: start)
        if isDistinct {
          distinct.assign(chunk.columns, count: chunk.count, to: &numbers)
        } else {
          rows.append(chunk)
        }
      }
    }
    return isDistinct ? Batch(columns: distinct.keys, count: distinct.count) : rows.batch
  }
}
