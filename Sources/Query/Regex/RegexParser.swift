/// Reads PostgreSQL's advanced regular expressions (its documentation, section 9.7.3).
struct RegexParser {
  /// The deepest nesting of parentheses.
  static let maxDepth = 100
  /// The most parentheses.
  static let maxGroups = 500
  /// The most scalars of a pattern.
  static let maxLength = 32_768

  let pattern: [Unicode.Scalar]
  var options: RegexOptions
  var next = 0
  /// Capturing parentheses so far.
  var captures = 0
  private var depth = 0
  /// Parentheses so far, capturing or not.
  private var groups = 0

  /// What reading gives.
  struct Result {
    var node: RegexNode
    var options: RegexOptions
    /// Number of capturing parentheses.
    var captures: Int
  }

  /// Reads `pattern`.
  static func parse(
    _ pattern: String, _ options: RegexOptions
  ) throws(RegexError) -> Result {
    var parser = RegexParser(pattern: Array(pattern.unicodeScalars), options: options)
    guard parser.pattern.count <= maxLength else { throw .tooComplex }
    if !options.isLiteral { try parser.readPrefix() }
    let node =
      parser.options.isLiteral ? parser.readLiteral() : try parser.readChoice(isNested: false)
    return Result(node: node, options: parser.options, captures: parser.captures)
  }

  private init(pattern: [Unicode.Scalar], options: RegexOptions) {
    self.pattern = pattern
    self.options = options
  }

  /// The scalar `offset` behind the next, or `nil` at the end.
  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    next + offset < pattern.count ? pattern[next + offset] : nil
  }

  /// Steps over `text` when that is what comes next.
  mutating func skip(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard next + wanted.count <= pattern.count,
      pattern[next..<next + wanted.count].elementsEqual(wanted)
    else { return false }
    next += wanted.count
    return true
  }

  /// `***=`, `***:` and `(?options)`, which stand at the beginning only.
  private mutating func readPrefix() throws(RegexError) {
    if skip("***=") {
      options.isLiteral = true
      return
    }
    if !skip("***:"), skip("***") { throw RegexError(invalid: "quantifier operand invalid") }
    guard peek() == "(", peek(1) == "?", let letter = peek(2), letter.properties.isAlphabetic else {
      return
    }
    next += 2
    while let letter = peek(), letter.properties.isAlphabetic {
      guard try options.apply(letter) else { throw RegexError(invalid: "invalid embedded option") }
      next += 1
    }
    guard skip(")") else { throw RegexError(invalid: "invalid embedded option") }
  }

  private mutating func readLiteral() -> RegexNode {
    defer { next = pattern.count }
    return .sequence(pattern[next...].map { character($0.value) })
  }

  /// One character that stands for itself.
  func character(_ value: UInt32) -> RegexNode {
    let set = RegexSet(value...value)
    return .set(options.ignoresCase ? set.withBothCases : set)
  }

  private mutating func readChoice(isNested: Bool) throws(RegexError) -> RegexNode {
    var branches: [RegexNode] = []
    repeat { branches.append(try readBranch(isNested: isNested)) } while skip("|")
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func readBranch(isNested: Bool) throws(RegexError) -> RegexNode {
    var items: [RegexNode] = []
    while true {
      try skipComments()
      guard let scalar = peek(), scalar != "|" else { break }
      if scalar == ")" {
        if isNested { break }
        throw RegexError(invalid: "parentheses () not balanced")
      }
      let atom = try readAtom()
      try skipComments()
      if case .assertion = atom {
        items.append(atom)
        continue
      }
      items.append(try readQuantifier(of: atom))
    }
    switch items.count {
    case 0: return .empty
    case 1: return items[0]
    default: return .sequence(items)
    }
  }

  /// Steps over `(?#…)` and, in expanded syntax, white space and `#…`.
  private mutating func skipComments() throws(RegexError) {
    while let scalar = peek() {
      if options.isExpanded, RegexClass.space.contains(scalar.value) {
        next += 1
      } else if options.isExpanded, scalar == "#" {
        while let scalar = peek(), scalar != "\n" { next += 1 }
      } else if skip("(?#") {
        while let scalar = peek(), scalar != ")" { next += 1 }
        next = min(next + 1, pattern.count)
      } else {
        return
      }
    }
  }

  private mutating func readAtom() throws(RegexError) -> RegexNode {
    let scalar = pattern[next]
    next += 1
    switch scalar {
    case ".":
      return .set(options.stopsAtNewlines ? RegexSet.newline.complement : .all)
    case "^": return .assertion(options.anchorsAtLines ? .lineStart : .textStart)
    case "$": return .assertion(options.anchorsAtLines ? .lineEnd : .textEnd)
    case "(": return try readGroup()
    case "[": return try readBracket()
    case "\\": return try readEscape()
    case "*", "+", "?": throw RegexError(invalid: "quantifier operand invalid")
    case "{" where peek().map { RegexClass.digit.contains($0.value) } == true:
      throw RegexError(invalid: "quantifier operand invalid")
    default: return character(scalar.value)
    }
  }

  private mutating func readGroup() throws(RegexError) -> RegexNode {
    depth += 1
    defer { depth -= 1 }
    groups += 1
    guard depth <= Self.maxDepth, groups <= Self.maxGroups else { throw .tooComplex }
    var capture: Int?
    if !skip("?:") {
      for (opening, name) in Self.lookAround where skip(opening) {
        throw RegexError(unsupported: "\(name) (\("(" + opening)…)) in a regular expression is")
      }
      if peek() == "?" { throw RegexError(invalid: "quantifier operand invalid") }
      captures += 1
      capture = captures
    }
    let inner = try readChoice(isNested: true)
    guard skip(")") else { throw RegexError(invalid: "parentheses () not balanced") }
    return .group(inner, capture: capture)
  }

  private static let lookAround = [
    ("?=", "look-ahead"), ("?!", "look-ahead"), ("?<=", "look-behind"), ("?<!", "look-behind"),
  ]
}
