import Columnar

/// An aggregate that needs all its rows at once, because it is of distinct rows or depends on their
/// order: keeps the rows with their groups and computes the aggregate at the end.
///
/// Of distinct rows the first is kept. Without an order of its own such an aggregate takes them in
/// ascending order of the arguments, as PostgreSQL does, and others in the order they came in. The
/// rows themselves are the partial state.
final class KeptRowsState: AggregateState {
  private let reduction: any KeptRowsReduction
  private let order: RowOrder
  /// Arguments that are not NULL in any row that is kept.
  private let required: [Int]
  /// Numbers the rows kept when equal ones count once: group and arguments.
  private let distinct: GroupTable?
  /// The rows kept otherwise.
  private let rows: RowBuffer
  private var groupCount = 0
  private var numbers: [UInt32] = []

  /// Keeps the arguments of `call` for `reduction`.
  init(_ call: AggregateCall, _ reduction: any KeptRowsReduction) {
    let types = [ColumnType.integer] + call.arguments.map(\.type)
    self.reduction = reduction
    required = call.function.requiredArguments
    distinct = call.distinct ? GroupTable(types: types) : nil
    rows = RowBuffer(types: types)
    var keys = call.order
    if call.distinct, reduction.dependsOnOrder {
      for column in call.arguments.indices where !keys.contains(where: { $0.column == column }) {
        keys.append(OrderKey(column: column, descending: false, nullsFirst: false))
      }
    }
    order = RowOrder(keys: keys)
    super.init(partialTypes: types)
  }

  override var isByGroup: Bool { false }

  override func grow(to groups: Int) { groupCount = max(groupCount, groups) }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    let groups = ColumnVector(type: .integer, capacity: input.count)
    var kept: [Int32] = []
    kept.reserveCapacity(input.count)
    input.forEachRow(required: required) { row, group in
      kept.append(Int32(truncatingIfNeeded: row))
      groups.append(Int32(truncatingIfNeeded: group))
    }
    var columns = input.arguments
    if kept.count < input.count {
      columns = columns.map { column in
        let gathered = ColumnVector(type: column.type, capacity: kept.count)
        kept.withUnsafeBufferPointer { gathered.gather(from: column, rows: $0) }
        return gathered
      }
    }
    try keep([groups] + columns, kept.count)
  }

  /// The rows kept: group, arguments.
  override func columns() -> [ColumnVector] { distinct?.keys ?? rows.batch.columns }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let right = columns[0].values(as: Int32.self)
    let mapped = ColumnVector(type: .integer, capacity: columns[0].count)
    for row in 0..<columns[0].count {
      let group = Int(right[row])
      guard groups.indices.contains(group), !columns[0].isNull(row),
        required.allSatisfy({ !columns[$0 + 1].isNull(row) })
      else {
        throw EvaluationError(row: row, "a partial result is damaged: it has no group \(group)")
      }
      mapped.append(Int32(bitPattern: groups[group]))
    }
    try keep([mapped] + columns.dropFirst(), mapped.count)
  }

  /// Computes the aggregate; only once.
  override func finish() throws(EvaluationError) -> ColumnVector {
    let columns = columns()
    let count = distinct?.count ?? rows.batch.count
    let sorted = order.sortedRows(Batch(columns: Array(columns.dropFirst()), count: count))
    let groups = columns[0].values(as: Int32.self)
    var starts = [Int](repeating: 0, count: groupCount + 1)
    for row in 0..<count { starts[Int(groups[row]) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    var next = starts
    var byGroup = [Int32](repeating: 0, count: count)
    for row in sorted {
      let group = Int(groups[Int(row)])
      byGroup[next[group]] = row
      next[group] += 1
    }
    return try reduction.reduce(
      KeptRows(columns: Array(columns.dropFirst()), rows: byGroup, starts: starts))
  }

  private func keep(_ columns: [ColumnVector], _ count: Int) throws(EvaluationError) {
    guard (distinct?.count ?? rows.batch.count) + count < Int(Int32.max) else {
      throw EvaluationError(row: 0, "an aggregate would have to keep more than 2^31 rows")
    }
    if let distinct {
      distinct.assign(columns, count: count, to: &numbers)
    } else {
      rows.append(Batch(columns: columns, count: count))
    }
  }
}
