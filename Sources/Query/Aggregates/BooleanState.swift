import Columnar

/// `bool_and` and `bool_or`.
final class BooleanState: AggregateState {
  /// The value that one row with it makes the result: 0 for `bool_and`, 1 for `bool_or`.
  private let deciding: UInt8
  private var decided = StateArray<UInt8>(repeating: 0)
  private var seen = StateArray<UInt8>(repeating: 0)

  init(isOr: Bool) {
    deciding = isOr ? 1 : 0
    super.init(partialTypes: [.boolean])
  }

  override func grow(to groups: Int) {
    decided.grow(to: groups)
    seen.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    take(argument, input)
  }

  override func columns() -> [ColumnVector] {
    let result = ColumnVector(type: .boolean, capacity: seen.count)
    result.prepare(count: seen.count)
    let values = result.values(as: UInt8.self)
    for group in 0..<seen.count {
      if seen.base[group] == 0 { result.setNull(group) }
      values[group] = seen.base[group] & (decided.base[group] ^ 1 ^ deciding)
    }
    return [result]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    groups.withUnsafeBufferPointer {
      take(
        columns[0],
        AggregateInput(groups: $0.baseAddress, arguments: columns, count: groups.count))
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector { columns()[0] }

  private func take(_ values: ColumnVector, _ input: AggregateInput) {
    let values = values.values(as: UInt8.self)
    let (decided, seen) = (decided.base, seen.base)
    let flip = deciding ^ 1
    input.forEachValue { row, group in
      decided[group] |= (values[row] ^ flip) & 1
      seen[group] = 1
    }
  }
}
