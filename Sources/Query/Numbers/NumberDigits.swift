import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A number as `to_char` writes it: its sign and its digits, rounded.
struct NumberDigits {
  var isNegative: Bool
  /// Digits, with a point where there are decimals.
  var text: [UInt8]

  /// The digits as many as `pattern` shows.
  init(_ value: Int64, _ pattern: NumberPattern) {
    isNegative = value < 0
    text = Array(String(value.magnitude).utf8)
    if pattern.digitsAfter > 0 {
      text.append(UInt8(ascii: "."))
      text += [UInt8](repeating: 0x30, count: pattern.digitsAfter)
    }
  }

  /// The digits rounded half away from zero; `nil` when there are more than 38.
  init?(_ value: Numeric, _ pattern: NumberPattern) {
    // Beyond 38 decimals all are zeros.
    let decimals = min(pattern.digitsAfter, Int(max(value.scale, 0)))
    guard let rounded = value.rounded(toScale: decimals) else { return nil }
    var shown = Array(rounded.absolute.description.utf8)
    if pattern.digitsAfter > decimals {
      if decimals == 0 { shown.append(UInt8(ascii: ".")) }
      shown += [UInt8](repeating: 0x30, count: pattern.digitsAfter - decimals)
    }
    isNegative = rounded.coefficient < 0
    text = shown
  }

  /// The digits of which at most 15 count; `pattern` is left with no more decimals than those.
  init(_ value: Double, _ pattern: inout NumberPattern) {
    let whole = Self.decimal(value.magnitude, decimals: 0).count
    let decimals = max(min(pattern.digitsAfter, 15 - whole), 0)
    pattern.digitsAfter = decimals
    isNegative = value.sign == .minus
    text = Self.decimal(value.magnitude, decimals: decimals)
  }

  /// Digits in front of the point.
  var wholeCount: Int { text.firstIndex(of: UInt8(ascii: ".")) ?? text.count }

  private static func decimal(_ value: Double, decimals: Int) -> [UInt8] {
    formatted("%.*f", decimals, value)
  }

  /// `d.ddde+XX` with as many decimals.
  static func scientific(_ value: Double, decimals: Int) -> [UInt8] {
    formatted("%.*e", decimals, value)
  }

  /// C's formatting, with a point whatever the locale.
  private static func formatted(_ format: String, _ decimals: Int, _ value: Double) -> [UInt8] {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 640) { buffer in
      let length = withVaList([Int32(decimals), value]) {
        vsnprintf(buffer.baseAddress, buffer.count, format, $0)
      }
      return buffer.prefix(max(min(Int(length), buffer.count - 1), 0)).map {
        let byte = UInt8(bitPattern: $0)
        return byte == UInt8(ascii: ",") ? UInt8(ascii: ".") : byte
      }
    }
  }
}
