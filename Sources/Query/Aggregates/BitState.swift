import Columnar

/// `bit_and`, `bit_or` and `bit_xor` of integer and bigint.
final class BitState: AggregateState {
  private let function: AggregateFunction
  private let type: ColumnType
  /// The bits so far, sign-extended.
  private var bits: StateArray<Int64>
  private var seen = StateArray<UInt8>(repeating: 0)

  /// An aggregate of values of type `type`: integer or bigint.
  init(_ function: AggregateFunction, _ type: ColumnType) {
    self.function = function
    self.type = type
    bits = StateArray(repeating: function == .bitAnd ? -1 : 0)
    super.init(partialTypes: [type])
  }

  override func grow(to groups: Int) {
    bits.grow(to: groups)
    seen.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    if type == .integer {
      take(argument.values(as: Int32.self), input)
    } else {
      take(argument.values(as: Int64.self), input)
    }
  }

  @inline(__always)
  private func take<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ input: AggregateInput
  ) {
    let (bits, seen) = (bits.base, seen.base)
    switch function {
    case .bitAnd:
      input.forEachValue { row, group in
        bits[group] &= Int64(values[row])
        seen[group] = 1
      }
    case .bitOr:
      input.forEachValue { row, group in
        bits[group] |= Int64(values[row])
        seen[group] = 1
      }
    default:
      input.forEachValue { row, group in
        bits[group] ^= Int64(values[row])
        seen[group] = 1
      }
    }
  }

  override func columns() -> [ColumnVector] {
    let result = ColumnVector(type: type, capacity: seen.count)
    for group in 0..<seen.count {
      if seen.base[group] == 0 {
        result.appendNull()
      } else if type == .integer {
        result.append(Int32(truncatingIfNeeded: bits.base[group]))
      } else {
        result.append(bits.base[group])
      }
    }
    return [result]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    try groups.withUnsafeBufferPointer { groups throws(EvaluationError) in
      try update(
        AggregateInput(groups: groups.baseAddress, arguments: columns, count: groups.count))
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector { columns()[0] }
}
