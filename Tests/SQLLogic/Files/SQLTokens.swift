/// The words, constants and signs of an SQL text; comments and blanks are left out.
struct SQLTokens {
  /// One of them.
  struct Token: Equatable {
    enum Kind: Equatable {
      case word, quotedName, text, number, sign
    }

    var kind: Kind
    /// Words in lower case, names and texts without their quotes.
    var value: String
    /// Where it stands in the text's UTF-8.
    var range: Range<Int>

    /// Whether it is one of these words.
    func isWord(_ words: String...) -> Bool { kind == .word && words.contains(value) }

    /// Whether it is this sign.
    func isSign(_ sign: String) -> Bool { kind == .sign && value == sign }

    /// Whether it can name something.
    var isName: Bool { kind == .word || kind == .quotedName }
  }

  let tokens: [Token]

  /// The first of them.
  var first: Token? { tokens.first }

  init(_ sql: String) {
    let bytes = Array(sql.utf8)
    var tokens: [Token] = []
    var offset = 0
    while offset < bytes.count {
      if let end = Self.blankEnd(bytes, offset) {
        offset = end
      } else {
        let token = Self.token(bytes, offset)
        tokens.append(token)
        offset = token.range.upperBound
      }
    }
    self.tokens = tokens
  }

  /// The end of the blanks or the comment at `offset`; `nil` where something else stands.
  private static func blankEnd(_ bytes: [UInt8], _ offset: Int) -> Int? {
    if bytes[offset] <= 0x20 { return offset + 1 }
    if bytes[offset...].starts(with: "/*".utf8) {
      var end = offset + 2
      while end < bytes.count, !bytes[end...].starts(with: "*/".utf8) { end += 1 }
      return min(end + 2, bytes.count)
    }
    guard bytes[offset...].starts(with: "--".utf8) else { return nil }
    return bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
  }

  private static func token(_ bytes: [UInt8], _ start: Int) -> Token {
    let first = bytes[start]
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      return quoted(bytes, start, first)
    }
    let kind: Token.Kind = isDigit(first) ? .number : isLetter(first) ? .word : .sign
    var end = start + 1
    while kind != .sign, end < bytes.count, isInside(bytes, end, kind) { end += 1 }
    let value = String(decoding: bytes[start..<end], as: UTF8.self)
    return Token(kind: kind, value: kind == .word ? value.lowercased() : value, range: start..<end)
  }

  private static func quoted(_ bytes: [UInt8], _ start: Int, _ quote: UInt8) -> Token {
    var value: [UInt8] = []
    var end = start + 1
    while end < bytes.count {
      if bytes[end] == quote {
        guard end + 1 < bytes.count, bytes[end + 1] == quote else { break }
        end += 1
      }
      value.append(bytes[end])
      end += 1
    }
    return Token(
      kind: quote == UInt8(ascii: "'") ? .text : .quotedName,
      value: String(decoding: value, as: UTF8.self), range: start..<min(end + 1, bytes.count))
  }

  private static func isInside(_ bytes: [UInt8], _ offset: Int, _ kind: Token.Kind) -> Bool {
    let byte = bytes[offset]
    if isDigit(byte) { return true }
    guard kind == .number else { return isLetter(byte) }
    if byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e") { return true }
    return (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
      && bytes[offset - 1] | 0x20 == UInt8(ascii: "e")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F || byte >= 0x80
  }
}
