/// An exact decimal number: `coefficient / 10^scale`, as PostgreSQL's `numeric` within 38 digits.
///
/// A result that needs more digits is an error, never an approximation: operations give `nil`.
package struct Numeric: Sendable, BitwiseCopyable {
  /// The digits as an integer; magnitude below 10^38.
  package var coefficient: Int128
  /// Digits after the decimal point, 0...38; kept for display, as PostgreSQL does.
  package var scale: Int32

  /// The number `coefficient / 10^scale`.
  @inlinable
  package init(coefficient: Int128, scale: Int32) {
    self.coefficient = coefficient
    self.scale = scale
  }

  /// The largest ``scale``, and the largest number of digits of a ``coefficient``.
  package static var maximumDigits: Int32 { 38 }

  /// 0.
  @inlinable
  package static var zero: Numeric { Numeric(coefficient: 0, scale: 0) }

  /// The number made of these parts, or `nil` when it has more than 38 digits or decimals.
  @inlinable
  package init?(checkedCoefficient coefficient: Int128, scale: Int32) {
    guard coefficient.magnitude < PowersOfTen.limit, scale >= 0, scale <= 38 else { return nil }
    self.init(coefficient: coefficient, scale: scale)
  }

  init?(negative: Bool, magnitude: UInt128, scale: Int32) {
    guard magnitude < PowersOfTen.limit, scale >= 0, scale <= 38 else { return nil }
    let coefficient = Int128(truncatingIfNeeded: magnitude)
    self.init(coefficient: negative ? -coefficient : coefficient, scale: scale)
  }
}
