#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Numeric {
  /// The integer, with scale 0.
  @inlinable
  package init(_ value: Int64) { self.init(coefficient: Int128(value), scale: 0) }

  /// The integer, with scale 0.
  @inlinable
  package init(_ value: Int32) { self.init(coefficient: Int128(value), scale: 0) }

  /// The number rounded half away from zero, or `nil` when a `bigint` cannot hold it.
  package var int64: Int64? {
    if scale == 0 { return Int64(exactly: coefficient) }
    return rounded(toScale: 0).flatMap { Int64(exactly: $0.coefficient) }
  }

  /// The number rounded half away from zero, or `nil` when an `integer` cannot hold it.
  package var int32: Int32? { int64.flatMap { Int32(exactly: $0) } }

  /// The nearest `Double`.
  package var double: Double {
    let magnitude = coefficient.magnitude
    if magnitude <= 1 << 53, scale <= 22 {
      // Both are exact, so their quotient is rounded once.
      let quotient = Double(UInt64(magnitude)) / PowersOfTen.double[Int(scale)]
      return coefficient < 0 ? -quotient : quotient
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: ValueFormatter.maximumLength) {
      text in
      guard let start = text.baseAddress,
        let value = ValueParser.double(start, ValueFormatter.write(self, to: start))
      else { preconditionFailure("the text of a numeric is a double") }
      return value
    }
  }

  /// The number rounded to 15 significant digits, as PostgreSQL converts; `nil` for NaN, the
  /// infinities and what needs more than 38 digits or decimals.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    var text: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let capacity = MemoryLayout.size(ofValue: text)
    let parts = withUnsafeMutableBytes(of: &text) { bytes -> (digits: UInt64, exponent: Int) in
      let start = bytes.bindMemory(to: CChar.self).baseAddress
      let length = withVaList([value.magnitude]) { vsnprintf(start, capacity, "%.14e", $0) }
      // The decimal point is the locale's and passed over, whatever it is.
      var digits: UInt64 = 0
      var exponent = 0
      var isExponent = false
      var isNegative = false
      for byte in bytes.prefix(max(Int(length), 0)) {
        switch byte {
        case UInt8(ascii: "e"): isExponent = true
        case UInt8(ascii: "-"): isNegative = true
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
          let digit = Int(byte - UInt8(ascii: "0"))
          if isExponent {
            exponent = exponent * 10 + digit
          } else {
            digits = digits * 10 + UInt64(digit)
          }
        default: break
        }
      }
      return (digits, (isNegative ? -exponent : exponent) - 14)
    }
    var (digits, exponent) = parts
    guard digits != 0 else {
      self = .zero
      return
    }
    while digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    guard exponent <= 38, exponent >= -38 else { return nil }
    let (magnitude, overflow) = UInt128(digits).multipliedReportingOverflow(
      by: PowersOfTen.wide[max(exponent, 0)])
    if overflow { return nil }
    self.init(negative: value < 0, magnitude: magnitude, scale: Int32(max(-exponent, 0)))
  }

  /// The number `text` says, in PostgreSQL's forms; `nil` when it is not one or does not fit.
  package init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { bytes in
      bytes.baseAddress.flatMap { ValueParser.numeric($0, bytes.count) }
    }
    guard let parsed else { return nil }
    self = parsed
  }
}

extension Numeric: CustomStringConvertible {
  /// The digits with all ``scale`` decimals.
  package var description: String {
    String(unsafeUninitializedCapacity: ValueFormatter.maximumLength) { text in
      text.baseAddress.map { ValueFormatter.write(self, to: $0) } ?? 0
    }
  }
}
