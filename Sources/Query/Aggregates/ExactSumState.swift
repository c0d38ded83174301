import Columnar

/// `sum` and `avg` of integer, bigint and numeric, added up exactly.
final class ExactSumState: AggregateState {
  private let argument: ColumnType
  private let isAverage: Bool
  /// Sums of integers; cannot overflow within 2^63 rows.
  private var integers = StateArray<Int128>(repeating: 0)
  /// Sums of numerics.
  private var numerics = StateArray<Numeric>(repeating: .zero)
  private var counts = StateArray<Int64>(repeating: 0)

  /// A sum, or an average, of values of type `argument`: integer, bigint or numeric.
  init(_ argument: ColumnType, isAverage: Bool) {
    self.argument = argument
    self.isAverage = isAverage
    super.init(partialTypes: [.numeric, .bigint])
  }

  override func grow(to groups: Int) {
    if argument == .numeric { numerics.grow(to: groups) } else { integers.grow(to: groups) }
    counts.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let values = input.argument else { return }
    switch argument {
    case .integer: addIntegers(values.values(as: Int32.self), input)
    case .bigint: addIntegers(values.values(as: Int64.self), input)
    default: try addNumerics(values.values(as: Numeric.self), input)
    }
  }

  @inline(__always)
  private func addIntegers<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ input: AggregateInput
  ) {
    let (sums, counts) = (integers.base, counts.base)
    input.forEachValue { row, group in
      sums[group] &+= Int128(truncatingIfNeeded: values[row])
      counts[group] &+= 1
    }
  }

  private func addNumerics(
    _ values: UnsafePointer<Numeric>, _ input: AggregateInput
  ) throws(EvaluationError) {
    let (sums, counts) = (numerics.base, counts.base)
    var failed: Int?
    input.forEachValue { row, group in
      if let sum = sums[group].adding(values[row]) {
        sums[group] = sum
      } else if failed == nil {
        failed = row
      }
      counts[group] &+= 1
    }
    if let failed { throw EvaluationError(row: failed, Kernels.numericOverflow) }
  }

  override func columns() -> [ColumnVector] {
    let sums = ColumnVector(type: .numeric, capacity: counts.count)
    sums.prepare(count: counts.count)
    let values = sums.values(as: Numeric.self)
    if argument == .numeric {
      values.update(from: numerics.base, count: counts.count)
    } else {
      let integers = integers.base
      for group in 0..<counts.count {
        values[group] = Numeric(coefficient: integers[group], scale: 0)
      }
    }
    return [sums, ColumnVector(copying: counts.base, count: counts.count, type: .bigint)]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let sums = columns[0].values(as: Numeric.self)
    let added = columns[1].values(as: Int64.self)
    let counts = counts.base
    if argument == .numeric {
      let numerics = numerics.base
      for index in groups.indices where added[index] > 0 {
        let slot = Int(groups[index])
        guard let sum = numerics[slot].adding(sums[index]) else {
          throw EvaluationError(row: index, Kernels.numericOverflow)
        }
        numerics[slot] = sum
        counts[slot] &+= added[index]
      }
    } else {
      let integers = integers.base
      for index in groups.indices where added[index] > 0 {
        let slot = Int(groups[index])
        // A partial sum of integers has scale 0; what else arrives is not one of ours.
        guard sums[index].scale == 0,
          let sum = Numeric(coefficient: integers[slot], scale: 0).adding(sums[index])
        else { throw EvaluationError(row: index, Kernels.numericOverflow) }
        integers[slot] = sum.coefficient
        counts[slot] &+= added[index]
      }
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let type: ColumnType = argument == .integer && !isAverage ? .bigint : .numeric
    let result = ColumnVector(type: type, capacity: counts.count)
    for group in 0..<counts.count {
      let count = counts.base[group]
      guard count > 0 else {
        result.appendNull()
        continue
      }
      let sum = sum(group)
      if isAverage {
        guard let average = Numeric.average(sum: sum, count: count) else {
          throw EvaluationError(row: group, Kernels.numericOverflow)
        }
        result.append(average)
      } else if type == .bigint {
        guard let value = Int64(exactly: sum.coefficient) else {
          throw EvaluationError(row: group, "bigint out of range")
        }
        result.append(value)
      } else {
        result.append(sum)
      }
    }
    return result
  }

  private func sum(_ group: Int) -> Numeric {
    argument == .numeric
      ? numerics.base[group] : Numeric(coefficient: integers.base[group], scale: 0)
  }
}
