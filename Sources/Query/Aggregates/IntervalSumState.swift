import Columnar

/// `sum` and `avg` of intervals, added up part by part.
final class IntervalSumState: AggregateState {
  private let isAverage: Bool
  private var sums = StateArray<Interval>(repeating: .zero)
  private var counts = StateArray<Int64>(repeating: 0)

  init(isAverage: Bool) {
    self.isAverage = isAverage
    super.init(partialTypes: [.interval, .bigint])
  }

  override func grow(to groups: Int) {
    sums.grow(to: groups)
    counts.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    let values = argument.values(as: Interval.self)
    let (sums, counts) = (sums.base, counts.base)
    var failed: Int?
    input.forEachValue { row, group in
      if let sum = sums[group].adding(values[row]) {
        sums[group] = sum
      } else if failed == nil {
        failed = row
      }
      counts[group] &+= 1
    }
    if let failed { throw EvaluationError(row: failed, Kernels.intervalOutOfRange) }
  }

  override func columns() -> [ColumnVector] {
    [
      ColumnVector(copying: sums.base, count: sums.count, type: .interval),
      ColumnVector(copying: counts.base, count: counts.count, type: .bigint),
    ]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let values = columns[0].values(as: Interval.self)
    let added = columns[1].values(as: Int64.self)
    for (index, group) in groups.enumerated() where added[index] > 0 {
      guard let sum = sums.base[Int(group)].adding(values[index]) else {
        throw EvaluationError(row: index, Kernels.intervalOutOfRange)
      }
      sums.base[Int(group)] = sum
      counts.base[Int(group)] &+= added[index]
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .interval, capacity: counts.count)
    for group in 0..<counts.count {
      let (sum, count) = (sums.base[group], counts.base[group])
      if count == 0 {
        result.appendNull()
      } else if !isAverage {
        result.append(sum)
      } else if let average = sum.divided(by: Double(count)) {
        result.append(average)
      } else {
        throw EvaluationError(row: group, Kernels.intervalOutOfRange)
      }
    }
    return result
  }
}
