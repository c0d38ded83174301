extension ValueParser {
  /// Digits with an optional sign that a 32-bit integer holds.
  @inlinable
  package static func integer(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32? {
    guard let wide = bigint(start, count) else { return nil }
    return Int32(exactly: wide)
  }

  /// Digits with an optional sign that a 64-bit integer holds.
  @inlinable
  package static func bigint(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    // Up to seven plain digits, the common case, without the long way's preparations.
    if count > 0, count < 8 {
      var value: UInt64 = 0
      var index = 0
      while index < count {
        let digit = digit(start[index])
        if digit > 9 { return longBigint(start, count) }
        value = value &* 10 &+ UInt64(digit)
        index &+= 1
      }
      return Int64(bitPattern: value)
    }
    return longBigint(start, count)
  }

  /// ``bigint(_:_:)`` with blanks, a sign or many digits.
  @usableFromInline
  static func longBigint(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    var (start, count) = trimmed(text, length)
    guard count > 0 else { return nil }
    let negative = start[0] == UInt8(ascii: "-")
    if negative || start[0] == UInt8(ascii: "+") {
      start += 1
      count -= 1
      guard count > 0 else { return nil }
    }
    while count > 1, start[0] == UInt8(ascii: "0") {
      start += 1
      count -= 1
    }
    // Nineteen digits are below 2^64, so only the last comparison can find them too large.
    guard count <= 19 else { return nil }
    var value: UInt64 = 0
    while count >= 8 {
      guard let eight = eightDigits(start) else { return nil }
      value = value &* 100_000_000 &+ eight
      start += 8
      count -= 8
    }
    while count > 0 {
      let digit = digit(start[0])
      if digit > 9 { return nil }
      value = value &* 10 &+ UInt64(digit)
      start += 1
      count -= 1
    }
    if negative {
      return value <= 1 << 63 ? Int64(bitPattern: 0 &- value) : nil
    }
    return Int64(exactly: value)
  }
}
