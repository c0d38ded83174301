/// Escapes of `unistr`: `\XXXX`, `\+XXXXXX`, `\uXXXX`, `\UXXXXXXXX` and `\\`.
enum UnicodeEscapes {
  /// The text with its escapes replaced; `nil` for one that is none.
  static func decoded(_ text: [Unicode.Scalar]) -> String? {
    var result = String.UnicodeScalarView()
    var high: UInt32?
    var next = 0
    while next < text.count {
      guard text[next] == "\\" else {
        if high != nil { return nil }
        result.append(text[next])
        next += 1
        continue
      }
      if next + 1 < text.count, text[next + 1] == "\\" {
        if high != nil { return nil }
        result.append("\\")
        next += 2
        continue
      }
      guard let (value, length) = escape(text[(next + 1)...]) else { return nil }
      next += 1 + length
      if let first = high {
        guard (0xDC00...0xDFFF).contains(value) else { return nil }
        high = nil
        guard let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (value - 0xDC00))
        else { return nil }
        result.append(scalar)
      } else if (0xD800...0xDBFF).contains(value) {
        high = value
      } else {
        guard value != 0, let scalar = Unicode.Scalar(value) else { return nil }
        result.append(scalar)
      }
    }
    return high == nil ? String(result) : nil
  }

  /// The value of what stands behind a backslash, and how long that is.
  private static func escape(_ text: ArraySlice<Unicode.Scalar>) -> (UInt32, Int)? {
    let (prefix, digits) =
      switch text.first {
      case "u": (1, 4)
      case "U": (1, 8)
      case "+": (1, 6)
      default: (0, 4)
      }
    let shown = text.dropFirst(prefix).prefix(digits)
    guard shown.count == digits,
      shown.allSatisfy({ $0.isASCII && Character($0).isHexDigit }),
      let value = UInt32(String(String.UnicodeScalarView(shown)), radix: 16)
    else { return nil }
    return (value, prefix + digits)
  }
}
