extension Numeric {
  /// The variance or standard deviation of `count` numbers, as PostgreSQL computes those of exact
  /// numbers (`numeric_stddev_internal` in its `numeric.c`): with its scale, rounded half away from
  /// zero.
  ///
  /// - Parameters:
  ///   - sum: the numbers' sum.
  ///   - squares: the sum of their squares, with twice the scale of `sum`.
  ///   - isSample: whether to divide by `count - 1`, which is positive then.
  /// - Returns: `nil` when `count` is not positive or something needs more than 38 digits, or 256
  ///   bits on the way.
  package static func variance(
    count: Int64, sum: Numeric, squares: UInt256, isSample: Bool, isDeviation: Bool
  ) -> Numeric? {
    guard count > (isSample ? 1 : 0), sum.scale <= 19,
      let scaled = squares.multiplied(by: UInt128(count))
    else { return nil }
    let magnitude = sum.coefficient.magnitude
    // The numerator: count × Σx² − (Σx)², never negative but for what is not one of our sums.
    let numerator = scaled.subtracting(UInt256(magnitude, times: magnitude)) ?? .zero
    if numerator == .zero { return .zero }
    let divisor = UInt128(count) * UInt128(isSample ? count - 1 : count)
    guard divisor < PowersOfTen.limit else { return nil }
    let numeratorScale = sum.scale * 2
    let scale = quotientScale(
      numerator, scale: numeratorScale,
      divisor: Numeric(coefficient: Int128(divisor), scale: 0))
    guard scale <= 38 else { return nil }
    let quotient = Self.quotient(numerator, divisor, shift: Int(scale - numeratorScale))
    guard let quotient, let variance = Numeric(negative: false, magnitude: quotient, scale: scale)
    else { return nil }
    return isDeviation ? variance.squareRoot : variance
  }

  /// The square root with the same scale, rounded half up; the number is not negative.
  private var squareRoot: Numeric? {
    let product = UInt256(coefficient.magnitude, times: PowersOfTen.wide[Int(scale)])
    let (root, rest) = product.squareRoot
    // Above the square of root + 1/2 there is more left than root.
    let isAbove = rest.high > 0 || rest.low > root
    return Numeric(negative: false, magnitude: isAbove ? root + 1 : root, scale: scale)
  }

  /// `numerator` × 10^`shift` ÷ `divisor`, rounded half up; `nil` beyond 128 bits.
  private static func quotient(
    _ numerator: UInt256, _ divisor: UInt128, shift: Int
  ) -> UInt128? {
    let power = PowersOfTen.wide[shift]
    let (whole, rest) = numerator.quotientAndRemainder(dividingBy: divisor)
    guard whole.high == 0 else { return nil }
    let (integral, overflow) = whole.low.multipliedReportingOverflow(by: power)
    if overflow { return nil }
    let (fraction, remainder) = divisor.dividingFullWidth(rest.multipliedFullWidth(by: power))
    let (sum, carry) = integral.addingReportingOverflow(fraction)
    if carry { return nil }
    let isHalf = remainder >= divisor - remainder
    return isHalf ? (sum == .max ? nil : sum + 1) : sum
  }

  /// As ``divisionScale(_:)``, of a wide dividend that is not zero.
  private static func quotientScale(
    _ dividend: UInt256, scale: Int32, divisor: Numeric
  ) -> Int32 {
    let digits = dividend.digitCount
    let exponent = digits - 1 - Int(scale)
    let weight = exponent >> 2
    let wanted = exponent - weight * 4 + 1
    let first =
      digits >= wanted
      ? UInt32(truncatingIfNeeded: dividend.dropping(digits: digits - wanted).low)
      : UInt32(truncatingIfNeeded: dividend.low * PowersOfTen.wide[wanted - digits])
    let (divisorWeight, divisorFirst) = divisor.leadingBase10000Digit
    let quotientWeight = weight - divisorWeight - (first <= divisorFirst ? 1 : 0)
    return max(Int32(16 - quotientWeight * 4), scale, 0)
  }
}
