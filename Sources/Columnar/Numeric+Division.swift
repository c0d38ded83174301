extension Numeric {
  /// The quotient with PostgreSQL's scale for it (at least 16 significant digits), rounded half
  /// away from zero; `nil` when `divisor` is zero or the result needs more than 38 digits or
  /// decimals.
  package func divided(by divisor: Numeric) -> Numeric? {
    guard divisor.coefficient != 0 else { return nil }
    return divided(by: divisor, scale: divisionScale(divisor))
  }

  /// The quotient rounded half away from zero to `resultScale` decimals; `nil` when `divisor` is
  /// zero or the result needs more than 38 digits or decimals.
  package func divided(by divisor: Numeric, scale resultScale: Int32) -> Numeric? {
    guard divisor.coefficient != 0, resultScale >= 0, resultScale <= 38 else { return nil }
    let negative = (coefficient < 0) != (divisor.coefficient < 0)
    let numerator = coefficient.magnitude
    var denominator = divisor.coefficient.magnitude
    // quotient × 10^resultScale = numerator × 10^shift / denominator
    var shift = Int(resultScale) + Int(divisor.scale) - Int(scale)
    if shift < 0 {
      let (scaled, overflow) = denominator.multipliedReportingOverflow(
        by: PowersOfTen.wide[-shift])
      // Above 2^128 the divisor is more than twice any numerator: the quotient rounds to zero.
      if overflow { return Numeric(coefficient: 0, scale: resultScale) }
      denominator = scaled
      shift = 0
    }
    let first = min(shift, 38)
    var (high, low) = numerator.multipliedFullWidth(by: PowersOfTen.wide[first])
    if shift > first {
      let factor = PowersOfTen.wide[shift - first]
      let lower = low.multipliedFullWidth(by: factor)
      let (upper, overflow) = high.multipliedReportingOverflow(by: factor)
      let (sum, carry) = upper.addingReportingOverflow(lower.high)
      // The quotient of more than 2^256 by less than 10^38 has more than 38 digits.
      if overflow || carry { return nil }
      (high, low) = (sum, lower.low)
    }
    guard high < denominator else { return nil }
    var (quotient, remainder) = denominator.dividingFullWidth((high, low))
    guard quotient < PowersOfTen.limit else { return nil }
    // Twice the remainder against the divisor, without the doubling that may not fit.
    if remainder >= denominator - remainder { quotient += 1 }
    return Numeric(negative: negative, magnitude: quotient, scale: resultScale)
  }

  /// The mean of `count` integers that add up to `sum`, as PostgreSQL's `avg` has it; `nil` when
  /// `count` is not positive or the result does not fit.
  package static func average(sum: Int128, count: Int64) -> Numeric? {
    guard let sum = Numeric(checkedCoefficient: sum, scale: 0) else { return nil }
    return average(sum: sum, count: count)
  }

  /// The mean of `count` numbers that add up to `sum`, as PostgreSQL's `avg` has it; `nil` when
  /// `count` is not positive or the result does not fit.
  package static func average(sum: Numeric, count: Int64) -> Numeric? {
    count > 0 ? sum.divided(by: Numeric(count)) : nil
  }

  /// The scale of a quotient: `select_div_scale` of PostgreSQL's `numeric.c`, which thinks in
  /// digits of base 10,000. May exceed 38.
  func divisionScale(_ divisor: Numeric) -> Int32 {
    let (weight, first) = leadingBase10000Digit
    let (divisorWeight, divisorFirst) = divisor.leadingBase10000Digit
    var quotientWeight = weight - divisorWeight
    if first <= divisorFirst { quotientWeight -= 1 }
    return max(Int32(16 - quotientWeight * 4), scale, divisor.scale, 0)
  }

  /// The first digit that is not zero of the number in base 10,000, and its power; zeros for zero.
  var leadingBase10000Digit: (weight: Int, digit: UInt32) {
    let magnitude = coefficient.magnitude
    if magnitude == 0 { return (0, 0) }
    let digits = PowersOfTen.digitCount(magnitude)
    let exponent = digits - 1 - Int(scale)
    let weight = exponent >> 2
    let wanted = exponent - weight * 4 + 1
    let digit =
      digits >= wanted
      ? magnitude / PowersOfTen.wide[digits - wanted]
      : magnitude * PowersOfTen.wide[wanted - digits]
    return (weight, UInt32(digit))
  }
}
