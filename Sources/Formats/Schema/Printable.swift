/// Foreign text made fit for messages and terminals.
enum Printable {
  /// Two hexadecimal digits.
  static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }

  /// The text of at most `limit` bytes, with control characters and bytes that are not UTF-8
  /// escaped, and "…" where more follows.
  static func text(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> String {
    var shown = escaped(String(decoding: bytes.prefix(limit), as: UTF8.self))
    if bytes.count > limit { shown += "…" }
    return shown
  }

  /// `text` with control characters escaped, so that no terminal obeys them.
  static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isControl(scalar) {
        shown.append(contentsOf: escape(scalar).unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// A word as YAML takes it within `[ ]` or `{ }`: in double quotes unless it is plain.
  static func yaml(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy {
        $0 == UInt8(ascii: "_") || $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z")
          || $0 >= ASCII.zero && $0 <= ASCII.nine
      }
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(word.lowercased())
    if isPlain { return word }
    var quoted = "\""
    for scalar in word.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      default: quoted += isControl(scalar) ? escape(scalar) : String(scalar)
      }
    }
    return quoted + "\""
  }

  /// Control characters, and the marks that change the direction of text or hide it.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let value = scalar.value
      if value < 0x100 { return "\\x" + hex(UInt8(value)) }
      return "\\u" + hex(UInt8(value >> 8 & 0xFF)) + hex(UInt8(value & 0xFF))
    }
  }
}
