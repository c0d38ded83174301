/// Reads JSON text strictly (RFC 8259), without building anything.
///
/// Text within strings is not checked for being UTF-8; that is left to who uses it.
struct JSONScanner {
  /// Objects and arrays within each other, the outermost included.
  static let largestDepth = 64

  private let bytes: UnsafePointer<UInt8>
  private let end: Int
  /// Where the next byte to read is.
  private(set) var position: Int

  /// Reads `bytes` in `range`.
  init(_ bytes: UnsafePointer<UInt8>, in range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// Whether nothing but white space is left.
  mutating func isAtEnd() -> Bool {
    skipSpace()
    return position == end
  }

  /// Reads the brace that opens the record's object.
  mutating func openObject() throws(JSONProblem) {
    skipSpace()
    guard position < end, bytes[position] == ASCII.openBrace else {
      throw problem("a record must be one object, which starts with '{'")
    }
    position += 1
  }

  /// Reads the next key of the object, or its closing brace, for which it answers `nil`.
  ///
  /// - Parameter first: whether no member was read yet.
  mutating func nextKey(first: Bool) throws(JSONProblem) -> JSONToken? {
    skipSpace()
    guard position < end else { throw problem("the object is not closed") }
    if bytes[position] == ASCII.closeBrace {
      position += 1
      return nil
    }
    if !first {
      guard bytes[position] == ASCII.comma else { throw problem("expected ',' or '}'") }
      position += 1
      skipSpace()
    }
    return try key()
  }

  /// Reads the value of the key just read.
  mutating func value() throws(JSONProblem) -> JSONToken {
    let start = position
    guard position < end else { throw problem("expected a value") }
    switch bytes[position] {
    case ASCII.quote: return try string()
    case ASCII.openBrace, ASCII.openBracket:
      try skipContainer()
      return JSONToken(kind: .container, range: start..<position)
    default: return try scalar()
    }
  }

  private func problem(_ reason: StaticString) -> JSONProblem {
    JSONProblem(reason: reason, offset: position)
  }

  @inline(__always)
  private mutating func skipSpace() {
    while position < end {
      let byte = bytes[position]
      guard
        byte == ASCII.space || byte == ASCII.tab || byte == ASCII.newline
          || byte == ASCII.carriageReturn
      else { return }
      position += 1
    }
  }

  /// Reads a key, the colon behind it, and white space up to the value.
  private mutating func key() throws(JSONProblem) -> JSONToken {
    guard position < end, bytes[position] == ASCII.quote else {
      throw problem("expected a key in double quotes")
    }
    let key = try string()
    skipSpace()
    guard position < end, bytes[position] == ASCII.colon else { throw problem("expected ':'") }
    position += 1
    skipSpace()
    return key
  }

  /// Goes over an object or array without recursion: one bit for each level tells which it is.
  private mutating func skipContainer() throws(JSONProblem) {
    var objects: UInt64 = 0
    // The record's own object is the first level.
    let base = 1
    var depth = base
    repeat {
      guard position < end else { throw problem("expected a value") }
      let byte = bytes[position]
      var opened = false
      if byte == ASCII.openBrace || byte == ASCII.openBracket {
        guard depth < Self.largestDepth else {
          throw problem("objects and arrays are nested more than 64 deep")
        }
        depth += 1
        objects = objects << 1 | (byte == ASCII.openBrace ? 1 : 0)
        position += 1
        opened = true
      } else if byte == ASCII.quote {
        _ = try string()
      } else {
        _ = try scalar()
      }
      try moveToNextValue(&objects, &depth, base: base, opened: opened)
    } while depth > base
  }

  /// Behind a value or an opening bracket: closes what ends here and reads up to the next value.
  private mutating func moveToNextValue(
    _ objects: inout UInt64, _ depth: inout Int, base: Int, opened: Bool
  ) throws(JSONProblem) {
    var opened = opened
    while depth > base {
      skipSpace()
      let isObject = objects & 1 == 1
      guard position < end else {
        throw isObject ? problem("an object is not closed") : problem("an array is not closed")
      }
      if bytes[position] == (isObject ? ASCII.closeBrace : ASCII.closeBracket) {
        position += 1
        depth -= 1
        objects >>= 1
        opened = false
        continue
      }
      if !opened {
        guard bytes[position] == ASCII.comma else {
          throw isObject ? problem("expected ',' or '}'") : problem("expected ',' or ']'")
        }
        position += 1
        skipSpace()
      }
      if isObject { _ = try key() }
      return
    }
  }

  private mutating func scalar() throws(JSONProblem) -> JSONToken {
    let start = position
    switch bytes[position] {
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"):
      try literal("null")
      return JSONToken(kind: .null, range: start..<position)
    default:
      try number()
      return JSONToken(kind: .number, range: start..<position)
    }
    return JSONToken(kind: .boolean, range: start..<position)
  }

  private mutating func literal(_ word: StaticString) throws(JSONProblem) {
    let length = word.utf8CodeUnitCount
    guard end - position >= length else { throw problem("expected a value") }
    for index in 0..<length where bytes[position + index] != word.utf8Start[index] {
      throw problem("expected a value")
    }
    position += length
  }

  private mutating func number() throws(JSONProblem) {
    if bytes[position] == ASCII.minus { position += 1 }
    guard position < end, isDigit(bytes[position]) else { throw problem("expected a value") }
    if bytes[position] == ASCII.zero {
      position += 1
      if position < end, isDigit(bytes[position]) { throw problem("a number starts with 0") }
    } else {
      skipDigits()
    }
    if position < end, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if position < end, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < end, bytes[position] == ASCII.minus || bytes[position] == UInt8(ascii: "+") {
        position += 1
      }
      try digits()
    }
  }

  private mutating func digits() throws(JSONProblem) {
    guard position < end, isDigit(bytes[position]) else {
      throw problem("expected a digit")
    }
    skipDigits()
  }

  private mutating func skipDigits() {
    while position < end, isDigit(bytes[position]) { position += 1 }
  }

  @inline(__always)
  private func isDigit(_ byte: UInt8) -> Bool { byte &- ASCII.zero < 10 }

  /// Reads the string whose opening quote is next.
  private mutating func string() throws(JSONProblem) -> JSONToken {
    position += 1
    let start = position
    var isEscaped = false
    while true {
      position = WordSearch.firstSpecialOfJSON(in: bytes, from: position, to: end)
      guard position < end else { throw problem("a string is not closed") }
      switch bytes[position] {
      case ASCII.quote:
        position += 1
        return JSONToken(kind: .string, range: start..<(position - 1), isEscaped: isEscaped)
      case ASCII.backslash:
        isEscaped = true
        guard let behind = JSONEscape.check(bytes, at: position, to: end) else {
          throw problem("a string holds an escape that is not one")
        }
        position = behind
      default: throw problem("a string holds a control character, which must be escaped")
      }
    }
  }
}
