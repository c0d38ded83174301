import Columnar

/// `histogram`: how many values fall below, into each of equal buckets between two bounds, and above.
///
/// The result is an array of counts as PostgreSQL writes one: index b is what its `width_bucket`
/// answers b for. A partial state is the counts that are not zero: group, bucket, count.
final class HistogramState: AggregateState {
  private let low: Double
  private let high: Double
  private let buckets: Int
  private var counts: [Int64] = []

  /// `buckets` buckets, at least one, from `low` up to but not including `high`.
  init(low: Double, high: Double, buckets: Int) {
    self.low = low
    self.high = high
    self.buckets = buckets
    super.init(partialTypes: [.integer, .integer, .bigint])
  }

  override var isByGroup: Bool { false }

  private var width: Int { buckets + 2 }

  override func grow(to groups: Int) {
    let missing = groups * width - counts.count
    if missing > 0 { counts.append(contentsOf: repeatElement(0, count: missing)) }
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let values = input.argument?.values(as: Double.self) else { return }
    var failed: Int?
    input.forEachValue { row, group in
      let value = values[row]
      if value.isNaN, failed == nil { failed = row }
      counts[group * width + bucket(of: value)] &+= 1
    }
    if let failed {
      throw EvaluationError(
        row: failed, "operand, lower bound, and upper bound cannot be NaN")
    }
  }

  /// As PostgreSQL's `width_bucket_float8`.
  private func bucket(of value: Double) -> Int {
    if value < low { return 0 }
    if value >= high || value.isNaN { return buckets + 1 }
    // A span beyond the largest double is halved.
    let span = high - low
    let share =
      span.isInfinite ? (value / 2 - low / 2) / (high / 2 - low / 2) : (value - low) / span
    return min(Int(Double(buckets) * share), buckets - 1) + 1
  }

  override func columns() -> [ColumnVector] {
    let columns = partialTypes.map { ColumnVector(type: $0, capacity: 16) }
    for (place, count) in counts.enumerated() where count != 0 {
      columns[0].append(Int32(truncatingIfNeeded: place / width))
      columns[1].append(Int32(truncatingIfNeeded: place % width))
      columns[2].append(count)
    }
    return columns
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let numbers = columns[0].values(as: Int32.self)
    let places = columns[1].values(as: Int32.self)
    let added = columns[2].values(as: Int64.self)
    for row in 0..<columns[0].count {
      let (group, bucket) = (Int(numbers[row]), Int(places[row]))
      guard groups.indices.contains(group), (0..<width).contains(bucket), added[row] > 0,
        !columns.contains(where: { $0.isNull(row) })
      else {
        throw EvaluationError(row: row, "a partial result is damaged: it has no group \(group)")
      }
      let place = Int(groups[group]) * width + bucket
      let (sum, overflow) = counts[place].addingReportingOverflow(added[row])
      if overflow { throw EvaluationError(row: row, "bigint out of range") }
      counts[place] = sum
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let groups = counts.count / width
    let result = ColumnVector(type: .text, capacity: groups)
    for group in 0..<groups {
      let own = counts[group * width..<(group + 1) * width]
      if own.allSatisfy({ $0 == 0 }) {
        result.appendNull()
      } else {
        result.append(text: "{\(own.map { "\($0)" }.joined(separator: ","))}")
      }
    }
    return result
  }
}
