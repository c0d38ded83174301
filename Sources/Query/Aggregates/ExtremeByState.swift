import Columnar

/// `min_by` and `max_by`: the value in the first row that has the least or greatest key.
final class ExtremeByState: AggregateState {
  private let isMaximum: Bool
  private let values: GroupValues
  /// The best key of each group so far; NULL before the first.
  private let keys: GroupValues

  /// Values of type `value` chosen by keys of type `key`.
  init(value: ColumnType, key: ColumnType, isMaximum: Bool) {
    self.isMaximum = isMaximum
    values = GroupValues(value)
    keys = GroupValues(key)
    super.init(partialTypes: [value, key])
  }

  override func grow(to groups: Int) {
    values.grow(to: groups)
    keys.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    let (value, key) = (input.arguments[0], input.arguments[1])
    let best = keys.vector
    input.forEachRow(required: [1]) { row, group in
      if best.validity[group] != 0 {
        let order = key.compare(row, best, group)
        guard isMaximum ? order > 0 : order < 0 else { return }
      }
      keys.set(group, from: key, row: row)
      values.set(group, from: value, row: row)
    }
    keys.compact()
    values.compact()
  }

  override func columns() -> [ColumnVector] { [values.copy(), keys.copy()] }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    try groups.withUnsafeBufferPointer { groups throws(EvaluationError) in
      try update(
        AggregateInput(groups: groups.baseAddress, arguments: columns, count: groups.count))
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector { values.copy() }
}
