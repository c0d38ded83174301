import Columnar

/// `approx_percentile`: a ``QuantileSketch`` for each group. A partial state is the sketches' runs:
/// group, mean and number of values.
final class QuantileSketchState: AggregateState {
  private let fraction: Double
  private var sketches: [QuantileSketch] = []

  /// - Parameter fraction: from 0 to 1.
  init(fraction: Double) {
    self.fraction = fraction
    super.init(partialTypes: [.integer, .double, .double])
  }

  override var isByGroup: Bool { false }

  override func grow(to groups: Int) {
    while sketches.count < groups { sketches.append(QuantileSketch()) }
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let values = input.argument?.values(as: Double.self) else { return }
    input.forEachValue { row, group in
      sketches[group].insert(QuantileSketch.Run(mean: values[row], weight: 1))
    }
  }

  override func columns() -> [ColumnVector] {
    let columns = partialTypes.map { ColumnVector(type: $0, capacity: sketches.count) }
    for group in sketches.indices {
      for run in sketches[group].settledRuns() {
        columns[0].append(Int32(truncatingIfNeeded: group))
        columns[1].append(run.mean)
        columns[2].append(run.weight)
      }
    }
    return columns
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let numbers = columns[0].values(as: Int32.self)
    let means = columns[1].values(as: Double.self)
    let weights = columns[2].values(as: Double.self)
    for row in 0..<columns[0].count {
      let group = Int(numbers[row])
      // Sums of weights up to this are exact.
      guard groups.indices.contains(group), !columns.contains(where: { $0.isNull(row) }),
        weights[row] >= 1, weights[row] <= 0x1p52
      else {
        throw EvaluationError(row: row, "a partial result is damaged: it has no group \(group)")
      }
      sketches[Int(groups[group])].insert(
        QuantileSketch.Run(mean: means[row], weight: weights[row]))
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: .double, capacity: sketches.count)
    for group in sketches.indices {
      if let value = sketches[group].value(at: fraction) {
        result.append(value)
      } else {
        result.appendNull()
      }
    }
    return result
  }
}
