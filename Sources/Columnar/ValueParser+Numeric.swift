extension ValueParser {
  /// A decimal number with an optional exponent that has at most 38 digits and decimals; its scale
  /// is the number of decimals as written, changed by the exponent and not below zero.
  package static func numeric(_ text: UnsafePointer<UInt8>, _ length: Int) -> Numeric? {
    let (start, count) = trimmed(text, length)
    guard let scan = DecimalScan(start, count) else { return nil }
    let scale = scan.decimals - scan.writtenExponent
    guard scale <= 38 else { return nil }
    var magnitude = UInt128(scan.digits)
    if scan.truncated || (scan.exponent + scale > 0 && scan.digits != 0) {
      guard let digits = manyDigits(start, count) else { return nil }
      magnitude = digits
    }
    if scale < 0, magnitude != 0 {
      guard scale >= -38 else { return nil }
      let (whole, overflow) = magnitude.multipliedReportingOverflow(by: PowersOfTen.wide[-scale])
      guard !overflow else { return nil }
      magnitude = whole
    }
    return Numeric(negative: scan.negative, magnitude: magnitude, scale: Int32(max(scale, 0)))
  }

  /// All digits before the exponent as one integer, or `nil` at 10^38 or more.
  private static func manyDigits(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt128? {
    var value: UInt128 = 0
    for index in 0..<count {
      let byte = start[index]
      if byte | 0x20 == UInt8(ascii: "e") { break }
      let digit = digit(byte)
      if digit > 9 { continue }
      // Below 10^38 times ten fits; the check after each digit keeps it below.
      value = value &* 10 &+ UInt128(digit)
      if value >= PowersOfTen.limit { return nil }
    }
    return value
  }
}
