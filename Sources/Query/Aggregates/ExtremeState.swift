import Columnar

/// `min` and `max` of any type.
final class ExtremeState: AggregateState {
  private let type: ColumnType
  private let isMaximum: Bool
  /// The best value of each group so far; NULL before the first.
  private let best: GroupValues

  init(_ type: ColumnType, isMaximum: Bool) {
    self.type = type
    self.isMaximum = isMaximum
    best = GroupValues(type)
    super.init(partialTypes: [type])
  }

  override func grow(to groups: Int) { best.grow(to: groups) }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    switch type {
    case .boolean: take(argument.values(as: UInt8.self), input)
    case .integer, .date: take(argument.values(as: Int32.self), input)
    case .bigint, .timestamp, .timestamptz: take(argument.values(as: Int64.self), input)
    case .double: take(argument.values(as: Double.self), input)
    case .numeric: take(argument.values(as: Numeric.self), input)
    case .interval: take(argument.values(as: Interval.self), input)
    case .text: takeText(argument.values(as: StringView.self), input)
    }
  }

  @inline(__always)
  private func take<Value: SQLComparable>(
    _ values: UnsafePointer<Value>, _ input: AggregateInput
  ) {
    let best = self.best.vector.values(as: Value.self)
    let seen = self.best.vector.validity
    if isMaximum {
      input.forEachValue { row, group in
        let value = values[row]
        if Value.isLess(best[group], value) || seen[group] == 0 {
          best[group] = value
          seen[group] = 1
        }
      }
    } else {
      input.forEachValue { row, group in
        let value = values[row]
        if Value.isLess(value, best[group]) || seen[group] == 0 {
          best[group] = value
          seen[group] = 1
        }
      }
    }
  }

  private func takeText(_ values: UnsafePointer<StringView>, _ input: AggregateInput) {
    let best = self.best.vector.values(as: StringView.self)
    let seen = self.best.vector.validity
    let isMaximum = isMaximum
    input.forEachValue { row, group in
      let order = values[row].compare(best[group])
      guard seen[group] == 0 || (isMaximum ? order > 0 : order < 0) else { return }
      self.best.set(group, text: values[row])
    }
    self.best.compact()
  }

  override func columns() -> [ColumnVector] { [best.copy()] }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    try groups.withUnsafeBufferPointer { groups throws(EvaluationError) in
      try update(
        AggregateInput(groups: groups.baseAddress, arguments: columns, count: groups.count))
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector { columns()[0] }
}
