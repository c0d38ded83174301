import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `var_pop`, `var_samp`, `stddev_pop` and `stddev_samp` of double precision.
///
/// Rows are taken in by the recurrence of Youngs and Cramer ("Some results relevant to choice of sum
/// and sum-of-product algorithms", Technometrics 13, 1971), as PostgreSQL's `float8_accum` does;
/// partial states are merged as its `float8_combine` does (Chan, Golub and LeVeque, "Updating
/// formulae and a pairwise algorithm for computing sample variances", 1979).
final class VarianceState: AggregateState {
  private let function: AggregateFunction
  private var counts = StateArray<Double>(repeating: 0)
  private var sums = StateArray<Double>(repeating: 0)
  /// Sums of squared differences from the mean.
  private var squares = StateArray<Double>(repeating: 0)

  init(_ function: AggregateFunction) {
    self.function = function
    super.init(partialTypes: [.double, .double, .double])
  }

  override func grow(to groups: Int) {
    counts.grow(to: groups)
    sums.grow(to: groups)
    squares.grow(to: groups)
  }

  override func update(_ input: AggregateInput) throws(EvaluationError) {
    guard let argument = input.argument else { return }
    let values = argument.values(as: Double.self)
    let (counts, sums, squares) = (counts.base, sums.base, squares.base)
    var failed: Int?
    input.forEachValue { row, group in
      let value = values[row]
      let count = counts[group] + 1
      let sum = sums[group] + value
      let finite = value.isFinite && sums[group].isFinite
      counts[group] = count
      sums[group] = sum
      if count > 1 {
        let difference = value * count - sum
        squares[group] += difference * difference / (count * (count - 1))
        if finite, sum.isInfinite || squares[group].isInfinite {
          if failed == nil { failed = row }
        } else if !finite {
          squares[group] = .nan
        }
      } else if !finite {
        squares[group] = .nan
      }
    }
    if let failed { throw EvaluationError(row: failed, Kernels.overflow) }
  }

  override func columns() -> [ColumnVector] {
    [
      ColumnVector(copying: counts.base, count: counts.count, type: .double),
      ColumnVector(copying: sums.base, count: sums.count, type: .double),
      ColumnVector(copying: squares.base, count: squares.count, type: .double),
    ]
  }

  override func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    let right = columns.map { $0.values(as: Double.self) }
    for (index, group) in groups.enumerated() where right[0][index] > 0 {
      let slot = Int(group)
      let (count, sum, square) = (counts.base[slot], sums.base[slot], squares.base[slot])
      let (otherCount, otherSum, otherSquare) = (right[0][index], right[1][index], right[2][index])
      if count == 0 {
        counts.base[slot] = otherCount
        sums.base[slot] = otherSum
        squares.base[slot] = otherSquare
        continue
      }
      let total = count + otherCount
      let difference = sum / count - otherSum / otherCount
      let merged = square + otherSquare + count * otherCount * difference * difference / total
      if merged.isInfinite, square.isFinite, otherSquare.isFinite {
        throw EvaluationError(row: index, Kernels.overflow)
      }
      counts.base[slot] = total
      sums.base[slot] = sum + otherSum
      squares.base[slot] = merged
    }
  }

  override func finish() throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(copying: squares.base, count: squares.count, type: .double)
    let values = result.values(as: Double.self)
    let isSample = function == .varSamp || function == .stddevSamp
    let isDeviation = function == .stddevPop || function == .stddevSamp
    for group in 0..<squares.count {
      let freedom = counts.base[group] - (isSample ? 1 : 0)
      guard freedom > 0 else {
        values[group] = 0
        result.setNull(group)
        continue
      }
      let variance = values[group] / freedom
      values[group] = isDeviation ? variance.squareRoot() : variance
    }
    return result
  }
}
