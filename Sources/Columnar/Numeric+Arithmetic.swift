extension Numeric {
  /// The sum, with the larger of both scales, or `nil` when it needs more than 38 digits.
  @inlinable
  package func adding(_ other: Numeric) -> Numeric? {
    if scale == other.scale {
      // Magnitudes are below 10^38, so the sum is below 2 × 10^38; wrapping shows as a change of
      // sign.
      let (sum, overflow) = coefficient.addingReportingOverflow(other.coefficient)
      return overflow ? nil : Numeric(checkedCoefficient: sum, scale: scale)
    }
    return addingAligned(other)
  }

  /// The difference, with the larger of both scales, or `nil` when it needs more than 38 digits.
  @inlinable
  package func subtracting(_ other: Numeric) -> Numeric? { adding(other.negated()) }

  /// The product, whose scale is the sum of both, or `nil` when it needs more than 38 digits or
  /// decimals.
  package func multiplied(by other: Numeric) -> Numeric? {
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
    return overflow ? nil : Numeric(checkedCoefficient: product, scale: scale + other.scale)
  }

  /// The number with its sign changed.
  @inlinable
  package func negated() -> Numeric { Numeric(coefficient: 0 &- coefficient, scale: scale) }

  /// The number without its sign.
  package var absolute: Numeric { coefficient < 0 ? negated() : self }

  /// -1, 0 or 1, with scale 0.
  package var sign: Numeric { Numeric(coefficient: coefficient.signum(), scale: 0) }

  /// The remainder of the division that is cut off towards zero, with the sign of the dividend and
  /// the larger of both scales; `nil` when `divisor` is zero.
  package func remainder(dividingBy divisor: Numeric) -> Numeric? {
    guard divisor.coefficient != 0 else { return nil }
    let common = max(scale, divisor.scale)
    let dividend = coefficient.magnitude.multipliedFullWidth(
      by: PowersOfTen.wide[Int(common - scale)])
    let (aligned, overflow) = divisor.coefficient.magnitude.multipliedReportingOverflow(
      by: PowersOfTen.wide[Int(common - divisor.scale)])
    // Only one side is ever scaled up: a divisor above 2^128 exceeds the dividend as it stands.
    if overflow { return self }
    let (_, remainder) = aligned.dividingFullWidth((dividend.high % aligned, dividend.low))
    return Numeric(negative: coefficient < 0, magnitude: remainder, scale: common)
  }

  /// ``adding(_:)`` for different scales.
  @usableFromInline
  package func addingAligned(_ other: Numeric) -> Numeric? {
    let common = max(scale, other.scale)
    let (left, leftOverflow) = coefficient.magnitude.multipliedReportingOverflow(
      by: PowersOfTen.wide[Int(common - scale)])
    let (right, rightOverflow) = other.coefficient.magnitude.multipliedReportingOverflow(
      by: PowersOfTen.wide[Int(common - other.scale)])
    // At most one side was scaled up, so above 2^128 it cannot be brought below 10^38 by the other.
    if leftOverflow || rightOverflow { return nil }
    let leftNegative = coefficient < 0
    if leftNegative == (other.coefficient < 0) {
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? nil : Numeric(negative: leftNegative, magnitude: sum, scale: common)
    }
    if left >= right {
      return Numeric(negative: leftNegative, magnitude: left - right, scale: common)
    }
    return Numeric(negative: !leftNegative, magnitude: right - left, scale: common)
  }
}
