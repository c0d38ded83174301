import Columnar

/// `min` and `max` of any type.
final class ExtremeState: AggregateState {
  private let type: ColumnType
  private let isMaximum: Bool
  /// The best value of each group so far; NULL before the first.
  private var best: ColumnVector
  private var arena = ByteArena()
  /// Bytes of text that ``best`` shows; the arena also holds what was replaced.
  private var liveBytes = 0

  init(_ type: ColumnType, isMaximum: Bool) {
    self.type = type
    self.isMaximum = isMaximum
    best = ColumnVector(type: type, capacity: 16)
    super.init(partialTypes: [type])
  }

  override func grow(to groups: Int) {
    guard groups > best.count else { return }
    best.reserve(groups)
    best.validity.advanced(by: best.count).update(repeating: 0, count: groups - best.count)
    best.hasNulls = true
    if type == .text {
      best.values(as: StringView.self).advanced(by: best.count)
        .update(repeating: .empty, count: groups - best.count)
    }
    best.count = groups
  }

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
    let best = self.best.values(as: Value.self)
    let seen = self.best.validity
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
    let best = self.best.values(as: StringView.self)
    let seen = self.best.validity
    let isMaximum = isMaximum
    input.forEachValue { row, group in
      let order = values[row].compare(best[group])
      guard seen[group] == 0 || (isMaximum ? order > 0 : order < 0) else { return }
      liveBytes += Int(values[row].length) - Int(best[group].length)
      best[group] = arena.copy(values[row])
      seen[group] = 1
    }
    if arena.byteCount > 2 * liveBytes + 1 << 16 { compact() }
  }

  /// Leaves behind the bytes of values that were replaced, so that memory stays bounded by groups.
  private func compact() {
    let fresh = ByteArena(capacity: liveBytes)
    let views = best.values(as: StringView.self)
    for group in 0..<best.count { views[group] = fresh.copy(views[group]) }
    arena = fresh
  }

  override func columns() -> [ColumnVector] {
    let result = best.slice(0..<best.count)
    if type == .text { result.owners.append(arena) }
    return [result]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let values = columns[0]
    try groups.withUnsafeBufferPointer { groups throws(EvaluationError) in
      try update(
        AggregateInput(groups: groups.baseAddress, argument: values, count: groups.count))
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector { columns()[0] }
}
