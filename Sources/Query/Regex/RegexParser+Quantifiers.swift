extension RegexParser {
  /// The largest number in `{m,n}`.
  private static let maxCount = 255

  /// Reads the quantifier that may follow `atom`.
  mutating func readQuantifier(of atom: RegexNode) throws(RegexError) -> RegexNode {
    var minimum = 0
    var maximum: Int?
    var isExact = false
    switch peek() {
    case "*": next += 1
    case "+":
      next += 1
      minimum = 1
    case "?":
      next += 1
      maximum = 1
    case "{":
      guard let digit = peek(1), RegexClass.digit.contains(digit.value) else { return atom }
      next += 1
      (minimum, maximum, isExact) = try readBounds()
    default: return atom
    }
    let isLazy = skip("?")
    let preference: RegexNode.Preference = isLazy ? .shortest : .longest
    if maximum == 0 { return .empty }
    return .repeated(
      atom, minimum: minimum, maximum: maximum, preference: isExact ? nil : preference)
  }

  private mutating func readBounds() throws(RegexError) -> (Int, Int?, Bool) {
    let minimum = try readCount()
    var maximum: Int? = minimum
    let isExact = !skip(",")
    if !isExact {
      maximum = nil
      if let digit = peek(), RegexClass.digit.contains(digit.value) { maximum = try readCount() }
    }
    guard peek() != nil else { throw RegexError(invalid: "braces {} not balanced") }
    guard skip("}"), maximum.map({ minimum <= $0 }) ?? true else {
      throw RegexError(invalid: "invalid repetition count(s)")
    }
    return (minimum, maximum, isExact)
  }

  private mutating func readCount() throws(RegexError) -> Int {
    var count = 0
    while let digit = peek(), RegexClass.digit.contains(digit.value) {
      count = count * 10 + Int(digit.value - 0x30)
      guard count <= Self.maxCount else { throw RegexError(invalid: "invalid repetition count(s)") }
      next += 1
    }
    return count
  }
}
