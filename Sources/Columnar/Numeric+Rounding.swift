extension Numeric {
  /// The number with `decimals` decimals, rounded half away from zero; below zero, rounded to tens,
  /// hundreds and so on with scale 0. `nil` when it needs more than 38 digits or decimals.
  package func rounded(toScale decimals: Int) -> Numeric? {
    rescaled(to: decimals) { _, remainder, power, _ in remainder >= power - remainder }
  }

  /// The number cut off after `decimals` decimals; below zero, cut off to tens, hundreds and so on
  /// with scale 0. `nil` when it needs more than 38 digits or decimals.
  package func truncated(toScale decimals: Int) -> Numeric? {
    rescaled(to: decimals) { _, _, _, _ in false }
  }

  /// The least integer that is not smaller, with scale 0.
  package func ceiling() -> Numeric {
    rescaled(to: 0) { _, remainder, _, negative in remainder > 0 && !negative } ?? self
  }

  /// The greatest integer that is not larger, with scale 0.
  package func floor() -> Numeric {
    rescaled(to: 0) { _, remainder, _, negative in remainder > 0 && negative } ?? self
  }

  // Dropping decimals never makes more than 38 digits, so the two above always have a result.
  @inline(__always)
  private func rescaled(
    to decimals: Int, roundsUp: (UInt128, UInt128, UInt128, Bool) -> Bool
  ) -> Numeric? {
    guard decimals <= 38 else { return nil }
    let negative = coefficient < 0
    let magnitude = coefficient.magnitude
    // Any coefficient is below a half of 10^39, so dropping more digits changes nothing further.
    let dropped = Int(scale) - max(decimals, -39)
    if dropped <= 0 {
      let (padded, overflow) = magnitude.multipliedReportingOverflow(by: PowersOfTen.wide[-dropped])
      return overflow ? nil : Numeric(negative: negative, magnitude: padded, scale: Int32(decimals))
    }
    guard dropped <= 38 else { return Numeric(coefficient: 0, scale: Int32(max(decimals, 0))) }
    let power = PowersOfTen.wide[dropped]
    var (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: power)
    if roundsUp(quotient, remainder, power, negative) { quotient += 1 }
    if decimals >= 0 {
      return Numeric(negative: negative, magnitude: quotient, scale: Int32(decimals))
    }
    guard quotient > 0 else { return .zero }
    let (whole, overflow) = quotient.multipliedReportingOverflow(by: PowersOfTen.wide[-decimals])
    return overflow ? nil : Numeric(negative: negative, magnitude: whole, scale: 0)
  }
}
