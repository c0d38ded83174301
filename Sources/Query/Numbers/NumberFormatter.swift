import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Writes numbers with patterns that may differ from row to row, and keeps the last one read.
final class NumberFormatter {
  private var last: (bytes: [UInt8], pattern: NumberPattern)?

  /// A whole number whose type has these limits.
  func text(
    _ value: Int64, limits: ClosedRange<Int64>, _ overflow: String, _ call: KernelCall, _ row: Int
  ) throws -> StringView {
    var pattern = try pattern(call.text(1, row))
    if let roman = Self.roman(value, pattern) { return Self.view(roman, call) }
    if pattern.isScientific {
      return Self.view(Self.scientific(Double(value), pattern), call)
    }
    var shifted = value
    for _ in 0..<pattern.shift {
      let (product, failed) = shifted.multipliedReportingOverflow(by: 10)
      guard !failed, limits.contains(product) else { throw EvaluationError(row: row, overflow) }
      shifted = product
    }
    pattern.digitsBefore += pattern.shift
    return Self.view(NumberWriter.text(NumberDigits(shifted, pattern), pattern), call)
  }

  /// An exact number.
  func text(_ value: Numeric, _ call: KernelCall, _ row: Int) throws -> StringView {
    var pattern = try pattern(call.text(1, row))
    if pattern.isRoman {
      guard let whole = value.int32 else { throw EvaluationError(row: row, "integer out of range") }
      return Self.view(Self.roman(Int64(whole), pattern) ?? [], call)
    }
    if pattern.isScientific { return Self.view(try Self.scientific(value, pattern), call) }
    guard pattern.shift <= 38,
      let shifted = value.multiplied(
        by: Numeric(coefficient: Int128(PowersOfTen.wide[pattern.shift % 38]), scale: 0)),
      pattern.shift < 38
    else { throw EvaluationError(row: row, Kernels.numericOverflow) }
    pattern.digitsBefore += pattern.shift
    guard let digits = NumberDigits(shifted, pattern) else {
      throw EvaluationError(row: row, Kernels.numericOverflow)
    }
    return Self.view(NumberWriter.text(digits, pattern), call)
  }

  /// A number in double precision.
  func text(_ value: Double, _ call: KernelCall, _ row: Int) throws -> StringView {
    var pattern = try pattern(call.text(1, row))
    if pattern.isRoman {
      // What is no 32-bit integer is as far outside of the Roman numbers as zero.
      let whole = Int32(exactly: value.rounded(.toNearestOrEven)) ?? 0
      return Self.view(Self.roman(Int64(whole), pattern) ?? [], call)
    }
    guard value.isFinite else {
      throw EvaluationError(
        row: row, "to_char of \(value.isNaN ? "NaN" : "infinity") is not supported")
    }
    if pattern.isScientific { return Self.view(Self.scientific(value, pattern), call) }
    let shifted = pattern.isShifted ? value * pow(10, Double(pattern.shift)) : value
    guard shifted.isFinite else { throw EvaluationError(row: row, Kernels.overflow) }
    pattern.digitsBefore += pattern.shift
    let digits = NumberDigits(shifted, &pattern)
    return Self.view(NumberWriter.text(digits, pattern), call)
  }

  private func pattern(_ text: StringView) throws -> NumberPattern {
    if let last, text.bytes.elementsEqual(last.bytes) { return last.pattern }
    do throws(NumberPatternError) {
      let made = try NumberPattern(text.string)
      last = (Array(text.bytes), made)
      return made
    } catch {
      throw EvaluationError(row: 0, error.message)
    }
  }

  private static func roman(_ value: Int64, _ pattern: NumberPattern) -> [UInt8]? {
    for case .roman(let isUpper) in pattern.items {
      return RomanNumber.text(value, isUpper: isUpper, isCompact: pattern.isCompact)
    }
    return nil
  }

  private static func scientific(_ value: Double, _ pattern: NumberPattern) -> [UInt8] {
    let text = NumberDigits.scientific(value, decimals: pattern.digitsAfter)
    return text.first == UInt8(ascii: "-") ? text : [0x20] + text
  }

  private static func scientific(_ value: Numeric, _ pattern: NumberPattern) throws -> [UInt8] {
    let decimals = pattern.digitsAfter
    var digits = Array(String(value.coefficient.magnitude).utf8)
    var exponent = value.coefficient == 0 ? 0 : digits.count - 1 - Int(value.scale)
    if digits.count > decimals + 1 {
      let dropped = digits.count - decimals - 1
      guard
        let rounded = Numeric(coefficient: value.absolute.coefficient, scale: 0)
          .rounded(toScale: -dropped)
      else { throw EvaluationError(row: 0, Kernels.numericOverflow) }
      let before = digits.count
      digits = Array(String(rounded.coefficient).utf8)
      exponent += digits.count - before
      digits.removeLast(digits.count - decimals - 1)
    }
    digits += [UInt8](repeating: 0x30, count: decimals + 1 - digits.count)
    let size = String(exponent.magnitude)
    return [value.coefficient < 0 ? UInt8(ascii: "-") : 0x20] + [digits[0]]
      + (decimals > 0 ? [UInt8(ascii: ".")] + digits[1...] : [])
      + Array("e\(exponent < 0 ? "-" : "+")\(size.utf8.count < 2 ? "0" : "")\(size)".utf8)
  }

  private static func view(_ bytes: [UInt8], _ call: KernelCall) -> StringView {
    bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map {
        StringView(start: call.arena.copy($0, buffer.count), length: buffer.count)
      } ?? .empty
    }
  }
}
