extension JSONScanner {
  /// Bytes that are there where a plain value and the byte behind it can be read.
  static let roomOfPlainValue = 2 * ShortBlock.size + 2

  /// Where the quote is that closes the string whose text of less than 32 bytes begins at `position`,
  /// behind its opening quote; `nil` where ``string()`` has to look.
  @inline(__always)
  static func endOfPlainString(_ bytes: UnsafePointer<UInt8>, at position: Int) -> Int? {
    let found = specials(bytes + position)
    var close = position &+ found.trailingZeroBitCount
    if found == noSpecial { close &+= specials(bytes + close).trailingZeroBitCount }
    return bytes[close] == ASCII.quote ? close : nil
  }

  /// Reads the string whose opening quote is next.
  mutating func string() throws(JSONProblem) -> JSONToken {
    position += 1
    let start = position
    if start &+ Self.roomOfPlainValue <= end, let close = Self.endOfPlainString(bytes, at: start) {
      position = close + 1
      return JSONToken(kind: .string, from: start, to: close)
    }
    return try longString(from: start)
  }

  /// Reads the rest of a string, which has no escape up to ``position``.
  private mutating func longString(from start: Int) throws(JSONProblem) -> JSONToken {
    var isEscaped = false
    while true {
      skipPlain()
      switch next {
      case ASCII.quote:
        position += 1
        return JSONToken(kind: .string, from: start, to: position - 1, isEscaped: isEscaped)
      case ASCII.backslash:
        isEscaped = true
        guard let behind = JSONEscape.check(bytes, at: position, to: end) else {
          throw problem("a string holds an escape that is not one")
        }
        position = behind
      case ASCII.newline: throw problem("a string is not closed")
      default: throw problem("a string holds a control character, which must be escaped")
      }
    }
  }

  /// Goes on to the first byte that a string cannot hold as it is, or to the end.
  private mutating func skipPlain() {
    while position &+ ShortBlock.size <= end {
      let found = Self.specials(bytes + position)
      position &+= found.trailingZeroBitCount
      if found != Self.noSpecial { return }
    }
    while position < end {
      let byte = bytes[position]
      if byte == ASCII.quote || byte == ASCII.backslash || byte < 0x20 { return }
      position &+= 1
    }
  }

  /// Marks of the bytes of a block that a string cannot hold as they are (a quote, a backslash,
  /// control characters) below a mark behind the block, which is ``noSpecial``.
  @inline(__always)
  private static func specials(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    let block = ShortBlock(bytes)
    return block.mask(of: ASCII.quote) | block.mask(of: ASCII.backslash)
      | block.mask(of: 0...0x1F) | noSpecial
  }

  /// Has no mark below the one behind a block.
  private static var noSpecial: UInt64 { 1 << UInt64(ShortBlock.size) }
}
