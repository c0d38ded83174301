import Columnar

/// `sum` and `avg` of double precision, added up row by row so that the bits depend on the order of
/// the rows alone.
final class DoubleSumState: AggregateState {
  private let isAverage: Bool
  private var sums = StateArray<Double>(repeating: 0)
  private var counts = StateArray<Int64>(repeating: 0)

  init(isAverage: Bool) {
    self.isAverage = isAverage
    super.init(partialTypes: [.double, .bigint])
  }

  override func grow(to groups: Int) {
    sums.grow(to: groups)
    counts.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    let values = argument.values(as: Double.self)
    let sums = sums.base
    let counts = counts.base
    var failed: Int?
    if input.groups == nil, !argument.hasNulls {
      var sum = sums[0]
      for row in 0..<input.count {
        sum += values[row]
      }
      if sum.isInfinite {
        failed = Self.firstOverflow(from: sums[0], values, input.count)
      }
      sums[0] = sum
      counts[0] &+= Int64(input.count)
    } else {
      input.forEachValue { row, group in
        let before = sums[group]
        let sum = before + values[row]
        if sum.isInfinite, before.isFinite, values[row].isFinite, failed == nil { failed = row }
        sums[group] = sum
        counts[group] &+= 1
      }
    }
    if let failed { throw EvaluationError(row: failed, Kernels.overflow) }
  }

  override func columns() -> [ColumnVector] {
    [
      ColumnVector(copying: sums.base, count: sums.count, type: .double),
      ColumnVector(copying: counts.base, count: counts.count, type: .bigint),
    ]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let rightSums = columns[0].values(as: Double.self)
    let rightCounts = columns[1].values(as: Int64.self)
    let (sums, counts) = (sums.base, counts.base)
    for index in groups.indices where rightCounts[index] > 0 {
      let slot = Int(groups[index])
      let before = sums[slot]
      // The first partial sum is taken as it is: 0 + -0 would lose the sign.
      let sum = counts[slot] == 0 ? rightSums[index] : before + rightSums[index]
      if sum.isInfinite, before.isFinite, rightSums[index].isFinite {
        throw EvaluationError(row: index, Kernels.overflow)
      }
      sums[slot] = sum
      counts[slot] &+= rightCounts[index]
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(copying: sums.base, count: sums.count, type: .double)
    let values = result.values(as: Double.self)
    for group in 0..<sums.count {
      let count = counts.base[group]
      if count <= 0 {
        values[group] = 0
        result.setNull(group)
      } else if isAverage {
        values[group] /= Double(count)
      }
    }
    return result
  }

  private static func firstOverflow(
    from start: Double, _ values: UnsafePointer<Double>, _ count: Int
  ) -> Int? {
    var sum = start
    for row in 0..<count {
      let before = sum
      sum += values[row]
      if sum.isInfinite, before.isFinite, values[row].isFinite { return row }
    }
    return nil
  }
}
