/// Reads values from their text, as PostgreSQL's casts from text do.
///
/// Every function takes the first byte and the number of bytes, gives `nil` for what is not a value
/// of the type or out of its range, allows blanks around the value, never traps and allocates
/// nothing.
package enum ValueParser {
  /// `t`, `true`, `y`, `yes`, `on`, `1` or their opposites, shortened while they stay clear, in any
  /// case.
  package static func boolean(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool? {
    let (start, count) = trimmed(start, count)
    guard count > 0, count <= 5 else { return nil }
    // The letters in lower case, first one highest.
    var word: UInt64 = 0
    for index in 0..<count { word = word << 8 | UInt64(start[index] | 0x20) }
    switch (count, word) {
    case (1, 0x74), (2, 0x7472), (3, 0x74_7275), (4, 0x7472_7565): return true  // t r u e
    case (1, 0x79), (2, 0x7965), (3, 0x79_6573): return true  // y e s
    case (2, 0x6f6e): return true  // o n
    case (1, 0x66), (2, 0x6661), (3, 0x66_616c), (4, 0x6661_6c73), (5, 0x66_616c_7365):
      return false  // f a l s e
    case (1, 0x6e), (2, 0x6e6f): return false  // n o
    case (2, 0x6f66), (3, 0x6f_6666): return false  // o f f
    case (1, _) where start[0] == UInt8(ascii: "1"): return true
    case (1, _) where start[0] == UInt8(ascii: "0"): return false
    default: return nil
    }
  }

  /// Narrows to what stands between blanks.
  @inlinable @inline(__always)
  static func trimmed(
    _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> (start: UnsafePointer<UInt8>, count: Int) {
    if count > 0, start[0] > 0x20, start[count &- 1] > 0x20 { return (start, count) }
    return trimmedBlanks(start, count)
  }

  @usableFromInline
  static func trimmedBlanks(
    _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> (start: UnsafePointer<UInt8>, count: Int) {
    var first = 0
    var end = max(count, 0)
    while first < end, isBlank(start[first]) { first += 1 }
    while end > first, isBlank(start[end - 1]) { end -= 1 }
    return (start + first, end - first)
  }

  /// Whether C's `isspace` holds in the "C" locale.
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0d) }

  /// The digit's value, or something above 9.
  @inlinable @inline(__always)
  static func digit(_ byte: UInt8) -> UInt8 { byte &- 0x30 }

  /// The value of eight digits, or `nil` when one of the eight bytes is not a digit.
  ///
  /// All eight at once in one word: Johnny Lee, "Fast numeric string to int",
  /// https://johnnylee-sde.github.io/Fast-numeric-string-to-int/.
  @inlinable @inline(__always)
  static func eightDigits(_ start: UnsafePointer<UInt8>) -> UInt64? {
    let word = UInt64(
      littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    // High half bytes are 3 before and after adding 6: '0' ... '9' and nothing else.
    guard
      word & (word &+ 0x0606_0606_0606_0606) & 0xf0f0_f0f0_f0f0_f0f0 == 0x3030_3030_3030_3030
    else { return nil }
    return digitsValue(word)
  }

  /// The value of eight ASCII digits, the first of which is the lowest byte.
  @inlinable @inline(__always)
  static func digitsValue(_ word: UInt64) -> UInt64 {
    var value = word & 0x0f0f_0f0f_0f0f_0f0f
    value = (value &* 10) &+ (value >> 8)
    let low = (value & 0x0000_00ff_0000_00ff) &* (100 &+ (1_000_000 << 32))
    let high = ((value >> 16) & 0x0000_00ff_0000_00ff) &* (1 &+ (10_000 << 32))
    return (low &+ high) >> 32
  }
}
