extension Numeric: Comparable {
  /// Whether the values are equal, whatever their scales.
  @inlinable
  package static func == (left: Numeric, right: Numeric) -> Bool { left.compare(right) == 0 }

  /// Whether the value is smaller, whatever the scales.
  @inlinable
  package static func < (left: Numeric, right: Numeric) -> Bool { left.compare(right) < 0 }

  /// -1, 0 or 1 as the value is smaller than, equal to or larger than `other`'s.
  @inlinable
  package func compare(_ other: Numeric) -> Int {
    if scale == other.scale {
      return coefficient < other.coefficient ? -1 : (coefficient == other.coefficient ? 0 : 1)
    }
    return compareAligned(other)
  }

  /// ``compare(_:)`` for different scales.
  @usableFromInline
  package func compareAligned(_ other: Numeric) -> Int {
    if scale > other.scale { return -other.compareAligned(self) }
    let (aligned, overflow) = coefficient.multipliedReportingOverflow(
      by: Int128(PowersOfTen.wide[Int(other.scale - scale)]))
    // Beyond 2^127 it is further from zero than any coefficient.
    if overflow { return coefficient < 0 ? -1 : 1 }
    return aligned < other.coefficient ? -1 : (aligned == other.coefficient ? 0 : 1)
  }
}

extension Numeric: Hashable {
  /// Equal values feed equal things, whatever their scales.
  package func hash(into hasher: inout Hasher) {
    let reduced = normalized
    hasher.combine(reduced.coefficient)
    hasher.combine(reduced.scale)
  }

  /// The same value with the smallest scale: the same parts for equal values.
  package var normalized: Numeric {
    if coefficient == 0 { return .zero }
    var digits = coefficient
    var decimals = scale
    // What is divisible by ten is even: most numbers are settled by one look at a bit.
    while decimals > 0, digits & 1 == 0 {
      if let small = Int64(exactly: digits) {
        var rest = small
        while decimals > 0, rest % 10 == 0 {
          rest /= 10
          decimals -= 1
        }
        return Numeric(coefficient: Int128(rest), scale: decimals)
      }
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { break }
      digits = quotient
      decimals -= 1
    }
    return Numeric(coefficient: digits, scale: decimals)
  }
}
