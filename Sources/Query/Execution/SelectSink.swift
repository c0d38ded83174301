import Columnar
import Formats
import Operators

/// The sink's part of one SELECT: merges what the workers answered, and gives the rows in order.
final class SelectSink {
  private let plan: SelectPlan
  private let strategy: SQLStrategy
  private let order: RowOrder
  private let groups: GroupFinisher?
  private let types: [ColumnType]
  private let visible: [Int]

  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(_ plan: SelectPlan, strategy: SQLStrategy, tables: TableRows) throws(SQLError) {
    self.plan = plan
    self.strategy = strategy
    order = RowOrder(keys: plan.order)
    types = plan.output.map(\.expression.type)
    visible = plan.output.indices.filter { !plan.output[$0].hidden }
    groups = try plan.grouping.map { (grouping: Grouping) throws(SQLError) in
      try GroupFinisher(grouping, plan, tables)
    }
  }

  /// Reads a partition's result.
  ///
  /// - Throws: ``PartialResultError`` for bytes that are none.
  func decode(_ result: UnsafeRawBufferPointer) throws(PartialResultError) -> any MergeState {
    if let groups { return GroupedRows(try groups.layout.decode(result), groups.layout) }
    let batches = try PartialRows.decode(result, types: types)
    switch strategy {
    case .distinct: return DistinctRows(Batch(joining: batches, types: types))
    case .sort:
      return SortedRows(
        Batch(joining: batches, types: types), order: order, limit: plan.neededRows,
        distinctOn: plan.distinctOn)
    default: return CollectedRows(batches, limit: plan.neededRows)
    }
  }

  /// Hands the rows over in order, with the columns that are shown, within OFFSET and LIMIT.
  ///
  /// - Parameter state: `nil` when there was no partition at all.
  /// - Throws: ``EvaluationError`` for an expression that fails, or what `take` throws.
  func rows(_ state: (any MergeState)?, _ take: (Batch) throws -> Void) throws {
    var bounds = RowBounds(plan)
    if bounds.isFull { return }
    func hand(_ batch: Batch) throws -> Bool {
      let rows = bounds.take(batch)
      if rows.count > 0 { try take(rows.selecting(visible)) }
      return !bounds.isFull
    }
    switch state {
    case let rows as CollectedRows:
      for batch in rows.batches { guard try hand(batch) else { return } }
    case let rows as SortedRows: try handAll(rows.batch, hand)
    case let rows as DistinctRows: try handSorted(rows.batch, hand)
    case let rows as GroupedRows: try handGroups(rows, hand)
    case nil: if let groups { try handGroups(groups.noRows(), hand) }
    default: throw OperatorError.otherState
    }
  }

  /// All rows in one batch.
  ///
  /// - Parameter state: `nil` when there was no partition at all.
  func allRows(_ state: (any MergeState)?) throws -> Batch {
    let all = RowBuffer(types: visible.map { types[$0] })
    try rows(state) { batch in
      try HeldRelation.check(all.batch.count + batch.count)
      all.append(batch)
    }
    return all.batch
  }

  private func handGroups(_ rows: GroupedRows, _ hand: (Batch) throws -> Bool) throws {
    guard let groups else { throw OperatorError.otherState }
    let finished = try rows.finish()
    if plan.distinct || plan.distinctOn != nil || !order.keys.isEmpty {
      try handSorted(try groups.all(finished), hand)
      return
    }
    for set in finished {
      for start in stride(from: 0, to: set.count, by: RowReader.batchRows) {
        guard try hand(try groups.chunk(set, from: start)) else { return }
      }
    }
  }

  private func handSorted(_ batch: Batch, _ hand: (Batch) throws -> Bool) throws {
    if order.keys.isEmpty, plan.distinctOn == nil {
      try handAll(batch, hand)
      return
    }
    var rows = order.sortedRows(batch)
    if let distinctOn = plan.distinctOn { rows = batch.firstRows(rows, by: distinctOn) }
    for start in stride(from: 0, to: rows.count, by: RowReader.batchRows) {
      let end = min(start + RowReader.batchRows, rows.count)
      guard try hand(batch.picking(Array(rows[start..<end]))) else { return }
    }
  }

  private func handAll(_ batch: Batch, _ hand: (Batch) throws -> Bool) throws {
    for start in stride(from: 0, to: batch.count, by: RowReader.batchRows) {
      let end = min(start + RowReader.batchRows, batch.count)
      guard try hand(batch.slice(start..<end)) else { return }
    }
  }
}
