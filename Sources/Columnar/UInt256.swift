/// An unsigned integer of 256 bits: what products of two ``Numeric`` coefficients need.
package struct UInt256: Sendable, BitwiseCopyable, Equatable {
  /// The upper half.
  package var high: UInt128
  /// The lower half.
  package var low: UInt128

  /// The number made of these halves.
  @inlinable
  package init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }

  /// The product of two numbers.
  @inlinable
  package init(_ left: UInt128, times right: UInt128) {
    let product = left.multipliedFullWidth(by: right)
    self.init(high: product.high, low: product.low)
  }

  /// 0.
  @inlinable
  package static var zero: UInt256 { UInt256(high: 0, low: 0) }

  /// The sum, or `nil` when it needs more than 256 bits.
  @inlinable
  package func adding(_ other: UInt256) -> UInt256? {
    let (sum, carry) = low.addingReportingOverflow(other.low)
    let (upper, overflow) = high.addingReportingOverflow(other.high)
    let (top, overflowOfCarry) = upper.addingReportingOverflow(carry ? 1 : 0)
    return overflow || overflowOfCarry ? nil : UInt256(high: top, low: sum)
  }

  /// The difference, or `nil` when it is negative.
  package func subtracting(_ other: UInt256) -> UInt256? {
    let (difference, borrow) = low.subtractingReportingOverflow(other.low)
    let (upper, overflow) = high.subtractingReportingOverflow(other.high)
    let (top, overflowOfBorrow) = upper.subtractingReportingOverflow(borrow ? 1 : 0)
    return overflow || overflowOfBorrow ? nil : UInt256(high: top, low: difference)
  }

  /// The product, or `nil` when it needs more than 256 bits.
  package func multiplied(by factor: UInt128) -> UInt256? {
    let lower = low.multipliedFullWidth(by: factor)
    let (upper, overflow) = high.multipliedReportingOverflow(by: factor)
    let (top, carry) = upper.addingReportingOverflow(lower.high)
    return overflow || carry ? nil : UInt256(high: top, low: lower.low)
  }

  /// The quotient, cut off towards zero, and the remainder; `divisor` is not zero.
  package func quotientAndRemainder(
    dividingBy divisor: UInt128
  ) -> (quotient: UInt256, remainder: UInt128) {
    let (top, rest) = high.quotientAndRemainder(dividingBy: divisor)
    let (bottom, remainder) = divisor.dividingFullWidth((rest, low))
    return (UInt256(high: top, low: bottom), remainder)
  }

  /// The square root, cut off towards zero, and what is left of the number beside its square.
  package var squareRoot: (root: UInt128, rest: UInt256) {
    var root: UInt128 = 0
    var rest = self
    for bit in (0..<128).reversed() {
      let candidate = root | 1 << UInt128(bit)
      if let left = subtracting(UInt256(candidate, times: candidate)) {
        root = candidate
        rest = left
      }
    }
    return (root, rest)
  }

  /// Decimal digits; 0 for zero.
  var digitCount: Int {
    var rest = self
    var digits = 0
    while rest.high != 0 {
      rest = rest.quotientAndRemainder(dividingBy: PowersOfTen.wide[19]).quotient
      digits += 19
    }
    return digits + (rest.low == 0 ? 0 : PowersOfTen.digitCount(rest.low))
  }

  /// The number without its last `count` decimal digits, at most 114 of them.
  func dropping(digits count: Int) -> UInt256 {
    var rest = self
    var left = count
    while left > 0 {
      let step = min(left, 38)
      rest = rest.quotientAndRemainder(dividingBy: PowersOfTen.wide[step]).quotient
      left -= step
    }
    return rest
  }
}
