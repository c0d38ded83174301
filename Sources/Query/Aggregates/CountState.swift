import Columnar

/// `count(*)` and `count(x)`.
final class CountState: AggregateState {
  private var counts = StateArray<Int64>(repeating: 0)

  init() { super.init(partialTypes: [.bigint]) }

  override func grow(to groups: Int) { counts.grow(to: groups) }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    let counts = counts.base
    if input.groups == nil, !(input.argument?.hasNulls ?? false) {
      counts[0] &+= Int64(input.count)
      return
    }
    input.forEachValue { _, group in counts[group] &+= 1 }
  }

  override func columns() -> [ColumnVector] {
    [ColumnVector(copying: counts.base, count: counts.count, type: .bigint)]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let right = columns[0].values(as: Int64.self)
    let counts = counts.base
    for index in groups.indices {
      let group = Int(groups[index])
      let (sum, overflow) = counts[group].addingReportingOverflow(right[index])
      if overflow { throw EvaluationError(row: index, "bigint out of range") }
      counts[group] = sum
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector { columns()[0] }
}
