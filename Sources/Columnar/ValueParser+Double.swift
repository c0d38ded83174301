extension ValueParser {
  /// The longest number that ``double(_:_:)`` reads.
  package static let longestDouble = 4096

  /// A decimal number with an optional exponent, `NaN`, `Infinity` or `inf` with an optional sign,
  /// the words in any case; the nearest `Double`, ties to even. What is too large for a finite one,
  /// or rounds to zero without being it, is out of range.
  ///
  /// At most ``longestDouble`` bytes.
  package static func double(_ text: UnsafePointer<UInt8>, _ length: Int) -> Double? {
    let (start, count) = trimmed(text, length)
    guard count <= longestDouble else { return nil }
    guard let scan = DecimalScan(start, count) else { return special(start, count) }
    if scan.digits == 0 { return scan.negative ? -0.0 : 0.0 }
    if !scan.truncated {
      // Clinger, "How to read floating point numbers accurately" (1990): both the digits (at most
      // 2^53) and the power of ten (at most 10^22) are doubles, and IEEE 754 rounds their product
      // or quotient once and correctly.
      if scan.digits <= 1 << 53, scan.exponent >= -22, scan.exponent <= 22 {
        let digits = Double(scan.digits)
        let value =
          scan.exponent < 0
          ? digits / PowersOfTen.double[-scan.exponent]
          : digits * PowersOfTen.double[scan.exponent]
        return scan.negative ? -value : value
      }
      if scan.exponent >= -19, scan.exponent < 0 {
        let value = quotient(scan.digits, PowersOfTen.narrow[-scan.exponent])
        return scan.negative ? -value : value
      }
    }
    return slowDouble(start, count)
  }

  /// The double nearest to `digits / power`, ties to even; `digits` is not zero.
  ///
  /// Exact: the integer quotient of `digits × 2^(64 + zeros)`, which is at least 2^127, by less
  /// than 2^64 has 64 bits or more, of which the highest 53 are kept; the bits cut off and the
  /// remainder tell which neighbour is nearer. The result is between 10^-19 and 2^64, far from
  /// subnormal.
  private static func quotient(_ digits: UInt64, _ power: UInt64) -> Double {
    let zeros = digits.leadingZeroBitCount
    let numerator = digits << UInt64(zeros)
    let (high, rest) = numerator.quotientAndRemainder(dividingBy: power)
    let (low, remainder) = power.dividingFullWidth((rest, 0))
    let quotient = UInt128(high) << 64 | UInt128(low)
    let cut = 128 - quotient.leadingZeroBitCount - 53
    var significand = UInt64(truncatingIfNeeded: quotient >> UInt128(cut))
    let below = quotient & (1 << UInt128(cut) - 1)
    let half: UInt128 = 1 << UInt128(cut - 1)
    if below > half || (below == half && (remainder != 0 || significand & 1 == 1)) {
      significand += 1
    }
    // At most 2^53, so the conversion is exact, and so is scaling by a power of two.
    return Double(sign: .plus, exponent: cut - 64 - zeros, significand: Double(significand))
  }

  /// Reads what the fast ways leave: many digits or a large exponent.
  ///
  /// The standard library's parser rounds correctly and, unlike `strtod`, heeds no locale.
  @inline(never)
  private static func slowDouble(_ start: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    guard let value = Double(text), value != 0, value.isFinite else { return nil }
    return value
  }

  private static func special(_ text: UnsafePointer<UInt8>, _ length: Int) -> Double? {
    var (start, count) = (text, length)
    guard count > 0 else { return nil }
    if isWord(start, count, "nan") { return .nan }
    let negative = start[0] == UInt8(ascii: "-")
    if negative || start[0] == UInt8(ascii: "+") {
      start += 1
      count -= 1
    }
    guard isWord(start, count, "infinity") || isWord(start, count, "inf") else { return nil }
    return negative ? -.infinity : .infinity
  }

  private static func isWord(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ word: StaticString
  ) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    for index in 0..<count where start[index] | 0x20 != word.utf8Start[index] { return false }
    return true
  }
}
