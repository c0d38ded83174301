extension RegexParser {
  /// What a backslash and what follows stand for.
  enum Escape {
    case character(UInt32)
    case set(RegexSet)
    case assertion(RegexNode.Assertion)
  }

  /// An escape outside of brackets, its backslash read.
  mutating func readEscape() throws(RegexError) -> RegexNode {
    switch try escape(inBracket: false) {
    case .character(let value): character(value)
    case .set(let set): .set(set)
    case .assertion(let assertion): .assertion(assertion)
    }
  }

  /// An escape, its backslash read.
  mutating func escape(inBracket: Bool) throws(RegexError) -> Escape {
    guard let scalar = peek() else { throw Self.invalidEscape }
    next += 1
    if let shorthand = shorthand(scalar) { return shorthand }
    switch scalar {
    case "a": return .character(0x07)
    case "b": return .character(0x08)
    case "B": return .character(0x5C)
    case "e": return .character(0x1B)
    case "f": return .character(0x0C)
    case "n": return .character(0x0A)
    case "r": return .character(0x0D)
    case "t": return .character(0x09)
    case "v": return .character(0x0B)
    case "c":
      guard let letter = peek() else { throw Self.invalidEscape }
      next += 1
      return .character(letter.value & 0x1F)
    case "u": return .character(try hexadecimal(4...4))
    case "U": return .character(try hexadecimal(8...8))
    case "x": return .character(try hexadecimal(1...255))
    case "0"..."9": return .character(try octal(scalar, inBracket: inBracket))
    case "a"..."z", "A"..."Z": throw Self.invalidEscape
    default: return .character(scalar.value)
    }
  }

  private func shorthand(_ scalar: Unicode.Scalar) -> Escape? {
    switch scalar {
    case "d": .set(RegexClass.digit)
    case "s": .set(RegexClass.space)
    case "w": .set(RegexClass.word)
    case "D": .set(RegexClass.digit.complement)
    case "S": .set(RegexClass.space.complement)
    case "W": .set(RegexClass.word.complement)
    case "A": .assertion(.textStart)
    case "Z": .assertion(.textEnd)
    case "m": .assertion(.wordStart)
    case "M": .assertion(.wordEnd)
    case "y": .assertion(.wordBoundary)
    case "Y": .assertion(.notWordBoundary)
    default: nil
    }
  }

  private mutating func hexadecimal(_ digits: ClosedRange<Int>) throws(RegexError) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    while count < digits.upperBound, let scalar = peek(),
      let digit = scalar.isASCII ? Character(scalar).hexDigitValue : nil
    {
      guard value < 0x1000_0000 else { throw Self.invalidEscape }
      value = value << 4 | UInt32(digit)
      next += 1
      count += 1
    }
    guard digits.contains(count), value != 0, Unicode.Scalar(value) != nil else {
      throw Self.invalidEscape
    }
    return value
  }

  /// `\0`, `\12` and `\123`, and what would be a back reference.
  private mutating func octal(
    _ first: Unicode.Scalar, inBracket: Bool
  ) throws(RegexError) -> UInt32 {
    next -= 1
    if first != "0" {
      var number = 0
      var length = 0
      while let digit = peek(length), RegexClass.digit.contains(digit.value), number < 1000 {
        number = number * 10 + Int(digit.value - 0x30)
        length += 1
      }
      if length == 1 || number <= captures {
        guard !inBracket else { throw Self.invalidEscape }
        guard number <= captures else {
          throw RegexError(invalid: "invalid backreference number")
        }
        throw RegexError(unsupported: "a back reference (\\\(number)) in a regular expression is")
      }
    }
    var value: UInt32 = 0
    var count = 0
    while count < 3, let digit = peek(), ("0"..."7").contains(digit) {
      value = value << 3 | (digit.value - 0x30)
      next += 1
      count += 1
    }
    guard count > 0, value <= 0xFF else { throw Self.invalidEscape }
    return value
  }

  static var invalidEscape: RegexError { RegexError(invalid: "invalid escape \\ sequence") }
}
