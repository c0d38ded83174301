extension RegexParser {
  /// An item of a bracket expression.
  private enum Item {
    case character(UInt32)
    case set(RegexSet)
    /// The `-` of a range.
    case range
  }

  /// A bracket expression, its `[` read.
  mutating func readBracket() throws(RegexError) -> RegexNode {
    if skip("[:<:]]") { return .assertion(.wordStart) }
    if skip("[:>:]]") { return .assertion(.wordEnd) }
    let isComplemented = skip("^")
    var set = RegexSet.empty
    var isFirst = true
    while true {
      guard let scalar = peek() else { throw Self.unbalancedBracket }
      if scalar == "]", !isFirst { break }
      set = set.union(try readPart(isFirst: isFirst))
      isFirst = false
    }
    next += 1
    guard isComplemented else { return .set(set) }
    set = set.complement
    return .set(options.stopsAtNewlines ? set.subtracting(.newline) : set)
  }

  private mutating func readPart(isFirst: Bool) throws(RegexError) -> RegexSet {
    let low: UInt32
    switch try readItem(isFirst: isFirst) {
    case .range: throw Self.invalidRange
    case .set(let set): return set
    case .character(let value): low = value
    }
    var high = low
    if peek() == "-", let after = peek(1), after != "]" {
      next += 1
      switch try readItem(isFirst: false) {
      case .range: high = 0x2D
      case .set: throw Self.invalidRange
      case .character(let value): high = value
      }
    } else if peek() == "-", peek(1) == nil {
      throw Self.unbalancedBracket
    }
    guard low <= high else { throw Self.invalidRange }
    let set = RegexSet(low...high)
    return options.ignoresCase ? set.withBothCases : set
  }

  private mutating func readItem(isFirst: Bool) throws(RegexError) -> Item {
    guard let scalar = peek() else { throw Self.unbalancedBracket }
    next += 1
    switch scalar {
    case "\\":
      switch try escape(inBracket: true) {
      case .character(let value): return .character(value)
      case .set(let set): return .set(set)
      case .assertion: throw Self.invalidEscape
      }
    case "-": return isFirst || peek() == "]" ? .character(scalar.value) : .range
    case "[":
      guard let kind = peek() else { throw Self.unbalancedBracket }
      guard kind == ":" || kind == "." || kind == "=" else { return .character(scalar.value) }
      next += 1
      return try readNamed(kind)
    default: return .character(scalar.value)
    }
  }

  /// `[:class:]`, `[.x.]` or `[=x=]`, its first two characters read.
  private mutating func readNamed(_ kind: Unicode.Scalar) throws(RegexError) -> Item {
    let start = next
    while let scalar = peek(), !(scalar == kind && peek(1) == "]") { next += 1 }
    guard peek() != nil else { throw Self.unbalancedBracket }
    let name = String(String.UnicodeScalarView(pattern[start..<next]))
    next += 2
    if kind == ":" {
      // Without regard to case, the two cases are one class.
      let wanted = options.ignoresCase && (name == "lower" || name == "upper") ? "alpha" : name
      guard let set = RegexClass.set(named: wanted) else {
        throw RegexError(invalid: "invalid character class")
      }
      return .set(set)
    }
    guard let scalar = name.unicodeScalars.first, name.unicodeScalars.count == 1 else {
      throw name.isEmpty
        ? RegexError(invalid: "invalid collating element")
        : RegexError(unsupported: "the collating element [.\(name).] in a regular expression is")
    }
    guard kind == "=" else { return .character(scalar.value) }
    let set = RegexSet(scalar.value...scalar.value)
    return .set(options.ignoresCase ? set.withBothCases : set)
  }

  private static var unbalancedBracket: RegexError {
    RegexError(invalid: "brackets [] not balanced")
  }
  private static var invalidRange: RegexError { RegexError(invalid: "invalid character range") }
}
