import Columnar

/// Covariance, correlation and linear regression of pairs (y, x) of double precision.
final class RegressionState: AggregateState {
  private let function: AggregateFunction
  private var moments = StateArray(repeating: RegressionMoments())

  init(_ function: AggregateFunction) {
    self.function = function
    super.init(partialTypes: [ColumnType](repeating: .double, count: 6))
  }

  override func grow(to groups: Int) { moments.grow(to: groups) }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    let (first, second) = (input.arguments[0], input.arguments[1])
    let (y, x) = (first.values(as: Double.self), second.values(as: Double.self))
    let (validY, validX) = (first.validity, second.validity)
    let moments = moments.base
    // A count of pairs is one whatever they are: sums of them could overflow.
    let isCount = function == .regrCount
    for row in 0..<input.count where validY[row] & validX[row] != 0 {
      let group = input.groups.map { Int($0[row]) } ?? 0
      guard moments[group].add(y: isCount ? 0 : y[row], x: isCount ? 0 : x[row]) else {
        throw EvaluationError(row: row, Kernels.overflow)
      }
    }
  }

  override func columns() -> [ColumnVector] {
    let columns = partialTypes.map { ColumnVector(type: $0, capacity: moments.count) }
    for group in 0..<moments.count {
      for (column, part) in zip(columns, moments.base[group].parts) { column.append(part) }
    }
    return columns
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let right = columns.map { $0.values(as: Double.self) }
    for (index, group) in groups.enumerated() {
      let other = RegressionMoments(parts: right.map { $0[index] })
      guard moments.base[Int(group)].merge(other) else {
        throw EvaluationError(row: index, Kernels.overflow)
      }
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let isCount = function == .regrCount
    let result = ColumnVector(type: isCount ? .bigint : .double, capacity: moments.count)
    for group in 0..<moments.count {
      let moments = moments.base[group]
      if isCount {
        // What arrives is not believed; a count of ours is a whole number.
        result.append(Int64(exactly: moments.count.rounded()) ?? 0)
      } else if let value = moments.value(of: function) {
        result.append(value)
      } else {
        result.appendNull()
      }
    }
    return result
  }
}
