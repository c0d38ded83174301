/// The escapes of JSON strings (RFC 8259, section 7).
enum JSONEscape {
  /// The position behind the escape whose backslash is at `position`, or `nil` where it is not a
  /// valid one. A pair of surrogates counts as one escape; half a pair is not valid.
  static func check(_ bytes: UnsafePointer<UInt8>, at position: Int, to end: Int) -> Int? {
    guard position + 1 < end else { return nil }
    switch bytes[position + 1] {
    case ASCII.quote, ASCII.backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return position + 2
    case UInt8(ascii: "u"):
      return scalar(bytes, at: position, to: end)?.end
    default: return nil
    }
  }

  /// Writes the text of a checked string's bytes to `target`, which has room for as many bytes as
  /// there are escaped ones, and answers how many it wrote.
  static func unescape(
    _ bytes: UnsafePointer<UInt8>, count: Int, to target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var read = 0
    var written = 0
    while read < count {
      let plain = WordSearch.first(ASCII.backslash, in: bytes, from: read, to: count)
      (target + written).update(from: bytes + read, count: plain - read)
      written += plain - read
      guard plain + 1 < count else { break }
      let kind = bytes[plain + 1]
      if kind == UInt8(ascii: "u") {
        guard let escaped = scalar(bytes, at: plain, to: count) else { break }
        for unit in UTF8.encode(escaped.scalar).unsafelyUnwrapped {
          target[written] = unit
          written += 1
        }
        read = escaped.end
      } else {
        target[written] = simple(kind)
        written += 1
        read = plain + 2
      }
    }
    return written
  }

  private static func simple(_ kind: UInt8) -> UInt8 {
    switch kind {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): ASCII.newline
    case UInt8(ascii: "r"): ASCII.carriageReturn
    case UInt8(ascii: "t"): ASCII.tab
    default: kind
    }
  }

  /// The scalar that one or two `\u` escapes stand for, and the position behind them.
  private static func scalar(
    _ bytes: UnsafePointer<UInt8>, at position: Int, to end: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    guard let unit = unit(bytes, at: position, to: end) else { return nil }
    if let scalar = Unicode.Scalar(unit) { return (scalar, position + 6) }
    guard unit < 0xDC00, let low = Self.unit(bytes, at: position + 6, to: end),
      0xDC00...0xDFFF ~= low,
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    return (scalar, position + 12)
  }

  /// The number in `\uXXXX` at `position`.
  private static func unit(
    _ bytes: UnsafePointer<UInt8>, at position: Int, to end: Int
  ) -> UInt32? {
    guard position + 6 <= end, bytes[position] == ASCII.backslash,
      bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for index in 2..<6 {
      let byte = bytes[position + index]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: return nil
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}
