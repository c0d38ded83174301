extension Numeric {
  /// The quotient cut off towards zero, with scale 0; `nil` when `divisor` is zero or the result
  /// needs more than 38 digits.
  package func truncatedQuotient(dividingBy divisor: Numeric) -> Numeric? {
    guard let remainder = remainder(dividingBy: divisor)?.absolute,
      let rounded = divided(by: divisor, scale: 0)
    else { return nil }
    // Rounded away from zero where the remainder is half of the divisor or more.
    let size = divisor.absolute
    guard let rest = size.subtracting(remainder), remainder.compare(rest) >= 0 else {
      return rounded
    }
    let negative = (coefficient < 0) != (divisor.coefficient < 0)
    return Numeric(coefficient: rounded.coefficient + (negative ? 1 : -1), scale: 0)
  }

  /// The largest number that divides both, with the larger of both scales; `nil` when it needs more
  /// than 38 digits.
  package func greatestCommonDivisor(_ other: Numeric) -> Numeric? {
    var (left, right) = (absolute, other.absolute)
    while right.coefficient != 0 {
      guard let remainder = left.remainder(dividingBy: right) else { return nil }
      (left, right) = (right, remainder)
    }
    return left.rounded(toScale: Int(max(scale, other.scale)))
  }

  /// The smallest positive number that both divide, or zero when one is; with the larger of both
  /// scales. `nil` when it needs more than 38 digits.
  package func leastCommonMultiple(_ other: Numeric) -> Numeric? {
    let common = max(scale, other.scale)
    if coefficient == 0 || other.coefficient == 0 { return Numeric(coefficient: 0, scale: common) }
    guard let divisor = greatestCommonDivisor(other),
      let factor = truncatedQuotient(dividingBy: divisor),
      let product = factor.multiplied(by: other)
    else { return nil }
    return product.absolute.rounded(toScale: Int(common))
  }

  /// Whether the magnitude is below 10^`power`.
  package func isBelow(powerOfTen power: Int) -> Bool {
    let exponent = power + Int(scale)
    if exponent < 0 { return coefficient == 0 }
    return exponent > 38 || coefficient.magnitude < PowersOfTen.wide[exponent]
  }
}
