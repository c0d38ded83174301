import Columnar

/// `var_pop`, `var_samp`, `stddev_pop` and `stddev_samp` of integer, bigint and numeric: exact sums
/// of the values and of their squares, and numeric results, as PostgreSQL has them.
///
/// A partial state is the sum, the count, and the sum of squares as four bigints, the lowest first.
final class ExactVarianceState: AggregateState {
  private let argument: ColumnType
  private let function: AggregateFunction
  private var sums = StateArray<Numeric>(repeating: .zero)
  /// Sums of squares, with twice the scale of the sum.
  private var squares = StateArray<UInt256>(repeating: .zero)
  private var counts = StateArray<Int64>(repeating: 0)

  /// An aggregate of values of type `argument`: integer, bigint or numeric.
  init(_ argument: ColumnType, _ function: AggregateFunction) {
    self.argument = argument
    self.function = function
    super.init(
      partialTypes: [.numeric, .bigint] + [ColumnType](repeating: .bigint, count: 4))
  }

  override func grow(to groups: Int) {
    sums.grow(to: groups)
    squares.grow(to: groups)
    counts.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let values = input.argument else { return }
    switch argument {
    case .integer: try addIntegers(values.values(as: Int32.self), input)
    case .bigint: try addIntegers(values.values(as: Int64.self), input)
    default: try addNumerics(values.values(as: Numeric.self), input)
    }
  }

  @inline(__always)
  private func addIntegers<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ input: AggregateInput
  ) throws(EvaluationError) {
    let (sums, squares, counts) = (sums.base, squares.base, counts.base)
    // Within 2^63 rows the sum is below 2^126 and the sum of squares below 2^189.
    input.forEachValue { row, group in
      let value = Int64(values[row])
      sums[group].coefficient &+= Int128(value)
      let product = value.magnitude.multipliedFullWidth(by: value.magnitude)
      let square = UInt128(product.high) << 64 | UInt128(product.low)
      let (low, carry) = squares[group].low.addingReportingOverflow(square)
      squares[group].low = low
      squares[group].high &+= carry ? 1 : 0
      counts[group] &+= 1
    }
  }

  private func addNumerics(
    _ values: UnsafePointer<Numeric>, _ input: AggregateInput
  ) throws(EvaluationError) {
    var failed: Int?
    input.forEachValue { row, group in
      let magnitude = values[row].coefficient.magnitude
      let added = add(
        values[row], UInt256(magnitude, times: magnitude), count: 1, to: group)
      if !added, failed == nil { failed = row }
    }
    if let failed { throw EvaluationError(row: failed, Kernels.numericOverflow) }
  }

  /// Adds a sum and its sum of squares, which has twice its scale.
  ///
  /// - Returns: false when it does not fit.
  private func add(_ sum: Numeric, _ square: UInt256, count: Int64, to group: Int) -> Bool {
    let before = sums.base[group]
    guard let total = before.adding(sum),
      let own = Self.raise(squares.base[group], by: total.scale - before.scale),
      let other = Self.raise(square, by: total.scale - sum.scale),
      let squared = own.adding(other)
    else { return false }
    sums.base[group] = total
    squares.base[group] = squared
    counts.base[group] &+= count
    return true
  }

  /// The sum of squares of numbers whose scale rises by `digits`.
  private static func raise(_ squares: UInt256, by digits: Int32) -> UInt256? {
    if digits == 0 { return squares }
    let power = PowersOfTen.wide[Int(digits)]
    return squares.multiplied(by: power)?.multiplied(by: power)
  }

  override func columns() -> [ColumnVector] {
    let columns = partialTypes.map { ColumnVector(type: $0, capacity: counts.count) }
    for group in 0..<counts.count {
      columns[0].append(sums.base[group])
      columns[1].append(counts.base[group])
      let square = squares.base[group]
      columns[2].append(Int64(truncatingIfNeeded: square.low))
      columns[3].append(Int64(truncatingIfNeeded: square.low >> 64))
      columns[4].append(Int64(truncatingIfNeeded: square.high))
      columns[5].append(Int64(truncatingIfNeeded: square.high >> 64))
    }
    return columns
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let added = columns[0].values(as: Numeric.self)
    let limbs = columns.dropFirst().map { $0.values(as: UInt64.self) }
    for (index, group) in groups.enumerated() {
      let count = Int64(bitPattern: limbs[0][index])
      guard count > 0 else { continue }
      let square = UInt256(
        high: UInt128(limbs[4][index]) << 64 | UInt128(limbs[3][index]),
        low: UInt128(limbs[2][index]) << 64 | UInt128(limbs[1][index]))
      // A sum of integers has scale 0; what else arrives is not one of ours.
      guard argument == .numeric || added[index].scale == 0,
        add(added[index], square, count: count, to: Int(group))
      else { throw EvaluationError(row: index, Kernels.numericOverflow) }
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .numeric, capacity: counts.count)
    let isSample = function == .varSamp || function == .stddevSamp
    let isDeviation = function == .stddevPop || function == .stddevSamp
    for group in 0..<counts.count {
      let count = counts.base[group]
      guard count > (isSample ? 1 : 0) else {
        result.appendNull()
        continue
      }
      let value = Numeric.variance(
        count: count, sum: sums.base[group], squares: squares.base[group], isSample: isSample,
        isDeviation: isDeviation)
      guard let value else { throw EvaluationError(row: group, Kernels.numericOverflow) }
      result.append(value)
    }
    return result
  }
}
