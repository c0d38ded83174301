extension Numeric {
  /// The square root with PostgreSQL's scale for it, rounded; `nil` for a negative number and for a
  /// result of more than 38 digits or decimals.
  package func squareRoot() -> Numeric? {
    guard coefficient >= 0 else { return nil }
    let scale = squareRootScale
    guard scale <= Self.maximumDigits else { return nil }
    // root × 10^scale is the root of coefficient × 10^shift.
    let shift = 2 * Int(scale) - Int(self.scale)
    precondition(shift >= 0, "a root has at least half the decimals")
    guard let square = Self.wideProduct(coefficient.magnitude, powerOfTen: shift) else {
      return nil
    }
    var low: UInt128 = 0
    var high = PowersOfTen.limit
    // The root is in low..<high.
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if Self.isAtMost(middle.multipliedFullWidth(by: middle), square) {
        low = middle
      } else {
        high = middle
      }
    }
    if high == PowersOfTen.limit { return nil }
    // Rounded up when the square is above (low + 1/2)² = low² + low + 1/4.
    let floor = low.multipliedFullWidth(by: low)
    let (sum, carry) = floor.low.addingReportingOverflow(low)
    if !Self.isAtMost(square, (floor.high + (carry ? 1 : 0), sum)) { low += 1 }
    return Numeric(negative: false, magnitude: low, scale: scale)
  }

  /// At least 16 significant digits and no fewer decimals than the number's own: `numeric_sqrt` of
  /// PostgreSQL's `numeric.c`, which thinks in digits of base 10,000.
  private var squareRootScale: Int32 {
    let magnitude = coefficient.magnitude
    let digits = PowersOfTen.digitCount(magnitude)
    let weight = magnitude == 0 ? 0 : (digits - 1 - Int(scale)) >> 2
    return max(Int32(15 - weight * 2), scale, 0)
  }

  /// `value × 10^power`, or `nil` at 2^256 or more.
  private static func wideProduct(
    _ value: UInt128, powerOfTen power: Int
  ) -> (high: UInt128, low: UInt128)? {
    var (high, low) = value.multipliedFullWidth(by: PowersOfTen.wide[min(power, 38)])
    guard power > 38 else { return (high, low) }
    guard power <= 76 else { return value == 0 ? (0, 0) : nil }
    let factor = PowersOfTen.wide[power - 38]
    let lower = low.multipliedFullWidth(by: factor)
    let (upper, overflow) = high.multipliedReportingOverflow(by: factor)
    let (sum, carry) = upper.addingReportingOverflow(lower.high)
    if overflow || carry { return nil }
    (high, low) = (sum, lower.low)
    return (high, low)
  }

  private static func isAtMost(
    _ left: (high: UInt128, low: UInt128), _ right: (high: UInt128, low: UInt128)
  ) -> Bool {
    left.high == right.high ? left.low <= right.low : left.high < right.high
  }
}
