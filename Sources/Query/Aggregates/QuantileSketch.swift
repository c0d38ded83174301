/// A t-digest (Dunning and Ertl, "Computing extremely accurate quantiles using t-digests", 2019): runs
/// of neighbouring values as their mean and number, short ones towards both ends.
///
/// A run around the fraction q of n values has at most 4 q (1 − q) n / ``compression`` of them, at the
/// median 0.5 %, and the least and the greatest value stand alone; up to some hundred values all do,
/// and results are exact. Only additions, multiplications and divisions decide what is merged, so that
/// the same values in the same order give the same sketch on every machine.
struct QuantileSketch {
  /// Values that are taken for the same.
  struct Run: BitwiseCopyable {
    /// Their mean.
    var mean: Double
    /// Their number.
    var weight: Double
  }

  private static let compression = 200.0
  private static let bufferLimit = 512

  /// Runs of finite values in ascending order.
  private var runs: [Run] = []
  /// Runs that came in since, in that order.
  private var buffer: [Run] = []
  // Values that no mean can have.
  private var negativeInfinities = 0.0
  private var positiveInfinities = 0.0
  private var notNumbers = 0.0

  /// A sketch of nothing.
  init() {}

  /// Takes in a run of values.
  mutating func insert(_ run: Run) {
    if run.mean.isNaN {
      notNumbers += run.weight
    } else if run.mean == -.infinity {
      negativeInfinities += run.weight
    } else if run.mean == .infinity {
      positiveInfinities += run.weight
    } else {
      buffer.append(run)
      if buffer.count >= Self.bufferLimit { settle() }
    }
  }

  /// All runs in ascending order: what ``insert(_:)`` makes an equal sketch of.
  mutating func settledRuns() -> [Run] {
    settle()
    var all = runs
    if negativeInfinities > 0 {
      all.insert(Run(mean: -.infinity, weight: negativeInfinities), at: 0)
    }
    if positiveInfinities > 0 { all.append(Run(mean: .infinity, weight: positiveInfinities)) }
    if notNumbers > 0 { all.append(Run(mean: .nan, weight: notNumbers)) }
    return all
  }

  /// The value at a fraction, from 0 to 1, of the way through all values; `nil` when there are none.
  ///
  /// Between the middles of runs it is interpolated; where every value is a run of its own that is
  /// what `percentile_cont` does. NaN comes after all numbers.
  mutating func value(at fraction: Double) -> Double? {
    let runs = settledRuns()
    let total = runs.reduce(0) { $0 + $1.weight }
    guard total > 0, let last = runs.last else { return nil }
    let place = fraction * (total - 1)
    var before = 0.0
    var previous: (middle: Double, mean: Double)?
    for run in runs {
      let middle = before + (run.weight - 1) / 2
      if place <= middle {
        guard let previous, place < middle else { return run.mean }
        let share = (place - previous.middle) / (middle - previous.middle)
        return share == 0
          ? previous.mean : previous.mean + share * (run.mean - previous.mean)
      }
      previous = (middle, run.mean)
      before += run.weight
    }
    return last.mean
  }

  /// Brings what came in among the runs and merges neighbours as far as the limit allows.
  private mutating func settle() {
    if buffer.isEmpty { return }
    var all = runs + buffer
    buffer.removeAll(keepingCapacity: true)
    // The standard library's sort is stable: equal means stay in the order they came in.
    all.sort { $0.mean < $1.mean }
    let total = all.reduce(0) { $0 + $1.weight }
    runs.removeAll(keepingCapacity: true)
    var before = 0.0
    var current = all[0]
    for run in all.dropFirst() {
      let weight = current.weight + run.weight
      let lower = before / total
      let upper = (before + weight) / total
      let limit = 4 * total * min(lower * (1 - lower), upper * (1 - upper)) / Self.compression
      if weight <= limit {
        // A weighted mean that cannot overflow.
        current.mean =
          current.mean * (current.weight / weight) + run.mean * (run.weight / weight)
        current.weight = weight
      } else {
        runs.append(current)
        before += current.weight
        current = run
      }
    }
    runs.append(current)
  }
}
