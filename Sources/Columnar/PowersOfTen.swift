/// Powers of ten as tables.
@usableFromInline
package enum PowersOfTen {
  /// 10^38: every ``Numeric/coefficient`` is smaller.
  @usableFromInline
  package static var limit: UInt128 {
    @inlinable get { 100_000_000_000_000_000_000_000_000_000_000_000_000 }
  }

  // The tables are written once, before anyone can see them, and never freed.

  /// 10^n for n in 0...38.
  nonisolated(unsafe) package static let wide: UnsafePointer<UInt128> = {
    let table = UnsafeMutablePointer<UInt128>.allocate(capacity: 39)
    var power: UInt128 = 1
    for exponent in 0...38 {
      (table + exponent).initialize(to: power)
      power &*= 10
    }
    return UnsafePointer(table)
  }()

  /// 10^n for n in 0...19.
  nonisolated(unsafe) package static let narrow: UnsafePointer<UInt64> = {
    let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 20)
    var power: UInt64 = 1
    for exponent in 0...19 {
      (table + exponent).initialize(to: power)
      power &*= 10
    }
    return UnsafePointer(table)
  }()

  /// 10^n for n in 0...22: those that a `Double` holds exactly, since 5^22 < 2^53.
  nonisolated(unsafe) package static let double: UnsafePointer<Double> = {
    let table = UnsafeMutablePointer<Double>.allocate(capacity: 23)
    var power = 1.0
    for exponent in 0...22 {
      (table + exponent).initialize(to: power)
      power *= 10
    }
    return UnsafePointer(table)
  }()

  /// Decimal digits of `value`; 0 for 0.
  static func digitCount(_ value: UInt128) -> Int {
    if value == 0 { return 0 }
    // 1233/4096 is just below log10(2) = 0.30103…, close enough that for up to 128 bits the
    // estimate is the number of digits or one less, which one look into the table settles.
    let bits = 128 - value.leadingZeroBitCount
    let estimate = (bits * 1233) >> 12
    return value >= wide[estimate] ? estimate + 1 : estimate
  }

  /// Decimal digits of `value`; 1 for 0.
  @inline(__always)
  static func digitCount(_ value: UInt64) -> Int {
    let bits = 64 &- (value | 1).leadingZeroBitCount
    let estimate = (bits &* 1233) >> 12
    return value >= narrow[estimate] || estimate == 0 ? estimate &+ 1 : estimate
  }
}
