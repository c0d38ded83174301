/// Reads records of JSON Lines strictly (RFC 8259), without building anything. A newline ends a record
/// as the end of the bytes does.
///
/// Text within strings is not checked for being UTF-8; that is left to who uses it.
struct JSONScanner {
  /// Objects and arrays within each other, the outermost included.
  static let largestDepth = 64

  let bytes: UnsafePointer<UInt8>
  let end: Int
  /// Where the next byte to read is.
  var position: Int

  /// Reads `bytes` in `range`.
  init(_ bytes: UnsafePointer<UInt8>, in range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next byte, or a newline at the end.
  @inline(__always)
  var next: UInt8 { position < end ? bytes[position] : ASCII.newline }

  /// Goes over white space and answers whether the record ends behind it.
  mutating func isAtEnd() -> Bool {
    skipSpace()
    return next == ASCII.newline
  }

  /// Reads the brace that opens the record's object.
  mutating func openObject() throws(JSONProblem) {
    skipSpace()
    guard next == ASCII.openBrace else {
      throw problem("a record must be one object, which starts with '{'")
    }
    position += 1
  }

  /// Reads the record's end, and the newline if there is one.
  mutating func endRecord() throws(JSONProblem) {
    guard isAtEnd() else { throw problem("something stands behind the object") }
    if position < end { position += 1 }
  }

  /// Reads the next key of the object, or its closing brace, for which it answers `nil`.
  ///
  /// - Parameter first: whether no member was read yet.
  mutating func nextKey(first: Bool) throws(JSONProblem) -> JSONToken? {
    skipSpace()
    guard next != ASCII.newline else { throw problem("the object is not closed") }
    if next == ASCII.closeBrace {
      position += 1
      return nil
    }
    if !first {
      guard next == ASCII.comma else { throw problem("expected ',' or '}'") }
      position += 1
      skipSpace()
    }
    return try key()
  }

  /// Reads the value of the key just read.
  mutating func value() throws(JSONProblem) -> JSONToken {
    if let number = plainNumber() { return number }
    skipSpace()
    switch next {
    case ASCII.quote: return try string()
    case ASCII.openBrace, ASCII.openBracket:
      let start = position
      try skipContainer()
      return JSONToken(kind: .container, from: start, to: position)
    default: return try scalar()
    }
  }

  func problem(_ reason: StaticString) -> JSONProblem {
    JSONProblem(reason: reason, offset: position)
  }

  @inline(__always)
  private mutating func skipSpace() {
    while next == ASCII.space || next == ASCII.tab || next == ASCII.carriageReturn {
      position += 1
    }
  }

  /// Reads a key, the colon behind it, and white space up to the value.
  private mutating func key() throws(JSONProblem) -> JSONToken {
    guard next == ASCII.quote else {
      throw problem("expected a key in double quotes")
    }
    let key = try string()
    skipSpace()
    guard next == ASCII.colon else { throw problem("expected ':'") }
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
      let byte = next
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
      } else if plainNumber() == nil {
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
      guard next != ASCII.newline else {
        throw isObject ? problem("an object is not closed") : problem("an array is not closed")
      }
      if next == (isObject ? ASCII.closeBrace : ASCII.closeBracket) {
        position += 1
        depth -= 1
        objects >>= 1
        opened = false
        continue
      }
      if !opened {
        guard next == ASCII.comma else {
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
    switch next {
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"):
      try literal("null")
      return JSONToken(kind: .null, from: start, to: position)
    default:
      try number()
      return JSONToken(kind: .number, from: start, to: position)
    }
    return JSONToken(kind: .boolean, from: start, to: position)
  }

  private mutating func literal(_ word: StaticString) throws(JSONProblem) {
    let length = word.utf8CodeUnitCount
    guard end - position >= length else { throw problem("expected a value") }
    for index in 0..<length where bytes[position + index] != word.utf8Start[index] {
      throw problem("expected a value")
    }
    position += length
  }
}
