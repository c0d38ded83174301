import Columnar

/// An aggregate over the distinct values of its argument: keeps the distinct pairs of group and
/// value and computes the aggregate from them at the end, in order of first appearance.
final class DistinctState: AggregateState {
  private let inner: AggregateState
  private let pairs: GroupTable
  private var groupCount = 0
  private var pairNumbers: [UInt32] = []

  /// `inner` over distinct values of type `argument`.
  init(_ inner: AggregateState, argument: ColumnType) {
    self.inner = inner
    pairs = GroupTable(types: [.integer, argument])
    super.init(partialTypes: [.integer, argument])
  }

  override var isByGroup: Bool { false }

  override func grow(to groups: Int) { groupCount = max(groupCount, groups) }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    let groups = ColumnVector(type: .integer, capacity: input.count)
    let kept = ColumnVector(type: argument.type, capacity: 0)
    var rows: [Int32] = []
    input.forEachValue { row, group in
      rows.append(Int32(row))
      groups.append(Int32(group))
    }
    if rows.count < input.count {
      rows.withUnsafeBufferPointer { kept.gather(from: argument, rows: $0) }
    }
    pairs.assign(
      [groups, rows.count < input.count ? kept : argument], count: rows.count, to: &pairNumbers)
  }

  /// The pairs, a row for each.
  override func columns() -> [ColumnVector] { pairs.keys }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let right = columns[0].values(as: Int32.self)
    let mapped = ColumnVector(type: .integer, capacity: columns[0].count)
    for row in 0..<columns[0].count {
      let group = Int(right[row])
      guard groups.indices.contains(group), !columns[0].isNull(row), !columns[1].isNull(row) else {
        throw EvaluationError(row: row, "a partial result is damaged: it has no group \(group)")
      }
      mapped.append(Int32(bitPattern: groups[group]))
    }
    pairs.assign([mapped, columns[1]], count: mapped.count, to: &pairNumbers)
  }

  /// Computes the aggregate; only once.
  override func finish() throws(EvaluationError) -> ColumnVector {
    inner.grow(to: groupCount)
    let groups = pairs.keys[0].values(as: Int32.self)
    do {
      try groups.withMemoryRebound(to: UInt32.self, capacity: pairs.count) {
        groups throws(EvaluationError) in
        try inner.update(
          AggregateInput(groups: groups, argument: pairs.keys[1], count: pairs.count))
      }
    } catch {
      throw EvaluationError(row: Int(groups[error.row]), error.message)
    }
    return try inner.finish()
  }
}
