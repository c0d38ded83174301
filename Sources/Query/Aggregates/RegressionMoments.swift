/// Sums over pairs of numbers that covariance, correlation and linear regression are computed of.
///
/// The recurrences are those of PostgreSQL's `float8_regr_accum` and `float8_regr_combine` (Youngs
/// and Cramer; Chan, Golub and LeVeque; see ``VarianceState``), so that rows in the same order give
/// the same bits.
struct RegressionMoments: BitwiseCopyable {
  /// Pairs.
  var count = 0.0
  var sumX = 0.0
  /// Sum of squared differences from the mean of x.
  var squaresX = 0.0
  var sumY = 0.0
  /// Sum of squared differences from the mean of y.
  var squaresY = 0.0
  /// Sum of products of the differences from both means.
  var products = 0.0

  /// Sums over no pairs.
  init() {}

  /// The sums in the order of ``parts``.
  init(parts: [Double]) {
    precondition(parts.count == 6)
    (count, sumX, squaresX) = (parts[0], parts[1], parts[2])
    (sumY, squaresY, products) = (parts[3], parts[4], parts[5])
  }

  /// The sums as a list.
  var parts: [Double] { [count, sumX, squaresX, sumY, squaresY, products] }

  /// Takes in a pair.
  ///
  /// - Returns: false when finite numbers led to an infinite sum.
  @inline(__always)
  mutating func add(y: Double, x: Double) -> Bool {
    let before = self
    count += 1
    sumX += x
    sumY += y
    guard before.count > 0 else {
      if !x.isFinite {
        squaresX = .nan
        products = .nan
      }
      if !y.isFinite {
        squaresY = .nan
        products = .nan
      }
      return true
    }
    let differenceX = x * count - sumX
    let differenceY = y * count - sumY
    let scale = 1 / (count * before.count)
    squaresX += differenceX * differenceX * scale
    squaresY += differenceY * differenceY * scale
    products += differenceX * differenceY * scale
    let isInfinite =
      sumX.isInfinite || squaresX.isInfinite || sumY.isInfinite || squaresY.isInfinite
      || products.isInfinite
    guard isInfinite else { return true }
    let boundedX = !before.sumX.isInfinite && !x.isInfinite
    let boundedY = !before.sumY.isInfinite && !y.isInfinite
    if (sumX.isInfinite || squaresX.isInfinite) && boundedX { return false }
    if (sumY.isInfinite || squaresY.isInfinite) && boundedY { return false }
    if products.isInfinite && boundedX && boundedY { return false }
    if squaresX.isInfinite { squaresX = .nan }
    if squaresY.isInfinite { squaresY = .nan }
    if products.isInfinite { products = .nan }
    return true
  }

  /// Takes in the sums of the pairs that follow.
  ///
  /// - Returns: false when finite sums led to an infinite one.
  mutating func merge(_ other: RegressionMoments) -> Bool {
    guard other.count > 0 else { return true }
    guard count > 0 else {
      self = other
      return true
    }
    let total = count + other.count
    let differenceX = sumX / count - other.sumX / other.count
    let differenceY = sumY / count - other.sumY / other.count
    var merged = RegressionMoments()
    merged.count = total
    merged.sumX = sumX + other.sumX
    merged.squaresX =
      squaresX + other.squaresX + count * other.count * differenceX * differenceX / total
    merged.sumY = sumY + other.sumY
    merged.squaresY =
      squaresY + other.squaresY + count * other.count * differenceY * differenceY / total
    merged.products =
      products + other.products + count * other.count * differenceX * differenceY / total
    let overflowed =
      Self.overflowed(merged.sumX, sumX, other.sumX)
      || Self.overflowed(merged.squaresX, squaresX, other.squaresX)
      || Self.overflowed(merged.sumY, sumY, other.sumY)
      || Self.overflowed(merged.squaresY, squaresY, other.squaresY)
      || Self.overflowed(merged.products, products, other.products)
    self = merged
    return !overflowed
  }

  /// The value of an aggregate, or `nil` where it is NULL.
  func value(of function: AggregateFunction) -> Double? {
    guard count >= 1 else { return nil }
    switch function {
    case .regrSxx: return squaresX
    case .regrSyy: return squaresY
    case .regrSxy: return products
    case .regrAvgx: return sumX / count
    case .regrAvgy: return sumY / count
    case .covarPop: return products / count
    case .covarSamp: return count >= 2 ? products / (count - 1) : nil
    case .corr:
      if squaresX == 0 || squaresY == 0 { return nil }
      return products / (squaresX * squaresY).squareRoot()
    case .regrR2:
      if squaresX == 0 { return nil }
      return squaresY == 0 ? 1 : (products * products) / (squaresX * squaresY)
    case .regrSlope: return squaresX == 0 ? nil : products / squaresX
    case .regrIntercept:
      return squaresX == 0 ? nil : (sumY - sumX * products / squaresX) / count
    default: return nil
    }
  }

  private static func overflowed(_ sum: Double, _ left: Double, _ right: Double) -> Bool {
    sum.isInfinite && !left.isInfinite && !right.isInfinite
  }
}
