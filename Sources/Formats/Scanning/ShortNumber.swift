/// Reads numbers of at most eight bytes from one machine word, nearly without branches: how many
/// digits a number has is what a processor guesses wrong.
///
/// A `nil` says that the general parser has to look; it never means that the text is no number.
enum ShortNumber {
  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// The number in the first `count` bytes of `word`, which are the lowest; `count` is in `0...8`.
  @inline(__always)
  static func integer(_ word: UInt64, _ count: Int) -> Int64? {
    let sign = sign(word)
    let length = count &- Int(truncatingIfNeeded: sign)
    guard length > 0 else { return nil }
    let digits = rightAligned(word &>> (sign &* 8), length)
    guard areDigits(digits) else { return nil }
    // Minus a value is its complement and one.
    return Int64(bitPattern: (value(of: digits) ^ (0 &- sign)) &+ sign)
  }

  /// As ``integer(_:_:)``, with a decimal point anywhere.
  ///
  /// At most eight digits divided by at most 10^7: both are exact, so the quotient is the nearest
  /// double (Clinger, "How to read floating point numbers accurately", 1990).
  @inline(__always)
  static func decimal(_ word: UInt64, _ count: Int) -> Double? {
    let sign = sign(word)
    let length = count &- Int(truncatingIfNeeded: sign)
    guard length > 0 else { return nil }
    var digits = rightAligned(word &>> (sign &* 8), length)
    var decimals = 0
    let marks = pointMarks(digits)
    if marks != 0 {
      guard length > 1 else { return nil }
      let point = UInt64(marks.trailingZeroBitCount & ~7)
      let below = digits & ((1 &<< point) &- 1)
      // Shifted in two steps: by 64 in one would be by nothing.
      let above = (((digits &>> point) &>> 8) &<< point) &<< 8
      digits = above | (below &<< 8) | UInt64(ASCII.zero)
      decimals = 7 &- Int(truncatingIfNeeded: point &>> 3)
    }
    guard areDigits(digits) else { return nil }
    let powers = SIMD8<Double>(1, 10, 100, 1000, 1e4, 1e5, 1e6, 1e7)
    let value = Double(Int64(bitPattern: value(of: digits))) / powers[decimals]
    return Double(bitPattern: value.bitPattern | sign &<< 63)
  }

  /// 1 where the first byte is a minus sign, otherwise 0, without a branch.
  @inline(__always)
  private static func sign(_ word: UInt64) -> UInt64 {
    let difference = word & 0xFF ^ UInt64(ASCII.minus)
    return (difference &- 1) &>> 63
  }

  /// The first `length` bytes of `word` moved to the top, with zeros in front; `1...8`.
  @inline(__always)
  private static func rightAligned(_ word: UInt64, _ length: Int) -> UInt64 {
    let shift = UInt64(truncatingIfNeeded: 64 &- length &* 8)
    return word &<< shift | (zeros & ((1 &<< shift) &- 1))
  }

  /// Marks whose lowest is at the first point.
  @inline(__always)
  private static func pointMarks(_ word: UInt64) -> UInt64 {
    let differences = word ^ 0x2E2E_2E2E_2E2E_2E2E
    return (differences &- 0x0101_0101_0101_0101) & ~differences & 0x8080_8080_8080_8080
  }

  @inline(__always)
  private static func areDigits(_ word: UInt64) -> Bool {
    // High halves are 3 before and after 6 is added: '0' to '9' and nothing else.
    word & (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == zeros
  }

  /// The value of eight digits, the first of which is the lowest byte (Johnny Lee, "Fast numeric
  /// string to int").
  @inline(__always)
  private static func value(of word: UInt64) -> UInt64 {
    let ones = word & 0x0F0F_0F0F_0F0F_0F0F
    let tens = (ones &* 10) &+ (ones &>> 8)
    let low = (tens & 0x0000_00FF_0000_00FF) &* (100 &+ (1_000_000 &<< 32))
    let high = ((tens &>> 16) & 0x0000_00FF_0000_00FF) &* (1 &+ (10_000 &<< 32))
    return (low &+ high) &>> 32
  }
}
