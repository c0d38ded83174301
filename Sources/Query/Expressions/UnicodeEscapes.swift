/// Escapes of `unistr`: `\XXXX`, `\+XXXXXX`, `\uXXXX`, `\UXXXXXXXX` and `\\`.
enum UnicodeEscapes {
  /// The text with its escapes replaced.
  ///
  /// - Throws: ``EvaluationError`` for an escape that is none and for half a surrogate pair.
  static func decoded(_ text: [Unicode.Scalar]) throws(EvaluationError) -> String {
    var result = String.UnicodeScalarView()
    var high: UInt32?
    var next = 0
    while next < text.count {
      guard text[next] == "\\" else {
        if high != nil { throw unpaired }
        result.append(text[next])
        next += 1
        continue
      }
      if next + 1 < text.count, text[next + 1] == "\\" {
        if high != nil { throw unpaired }
        result.append("\\")
        next += 2
        continue
      }
      guard let (value, length) = escape(text[(next + 1)...]) else { throw invalid }
      next += 1 + length
      if let first = high {
        guard (0xDC00...0xDFFF).contains(value) else { throw unpaired }
        high = nil
        guard let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (value - 0xDC00))
        else { throw invalid }
        result.append(scalar)
      } else if (0xD800...0xDBFF).contains(value) {
        high = value
      } else {
        guard !(0xDC00...0xDFFF).contains(value) else { throw unpaired }
        guard value != 0, let scalar = Unicode.Scalar(value) else { throw invalid }
        result.append(scalar)
      }
    }
    if high != nil { throw unpaired }
    return String(result)
  }

  private static let unpaired = EvaluationError(row: 0, "invalid Unicode surrogate pair")
  private static let invalid = EvaluationError(row: 0, "invalid Unicode escape")

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
