import Columnar

/// A regular expression with PostgreSQL's meaning, matched by RE2 in time linear in the text.
final class RegularExpression {
  /// Number of parentheses that capture.
  let captureCount: Int
  let options: RegexOptions
  private let literal: RegexLiteral?
  private let program: RE2Program
  private let isShortest: Bool
  private let dissection: RegexDissection

  /// Reads and compiles `pattern`.
  ///
  /// - Throws: ``RegexError`` for what is no pattern or not supported.
  init(_ pattern: String, _ options: RegexOptions) throws(RegexError) {
    let parsed = try RegexParser.parse(pattern, options)
    let node = try RegexBoundaries.resolved(parsed.node)
    captureCount = parsed.captures
    self.options = parsed.options
    literal = RegexLiteral(node)
    isShortest = node.preference == .shortest
    program = try RE2Program(
      node.re2(isShortest ? .shortest : .longest), longest: !isShortest)
    dissection = RegexDissection(node)
  }

  /// The expression of `regexp_split_to_table`.
  convenience init(_ pattern: String, splitting flags: String) throws(RegexError) {
    let options = try RegexOptions(flags: flags)
    guard !options.isGlobal else {
      throw RegexError("regexp_split_to_table() does not support the \"global\" option")
    }
    try self.init(pattern, options)
  }

  /// Whether there is a match anywhere in `text`.
  func matches(_ text: StringView) -> Bool {
    guard let literal else { return program.matches(text, 0..<Int(text.length), .none) }
    guard let start = literal.find(in: text, from: 0) else { return false }
    return literal.isWhole || program.matches(text, start..<Int(text.length), .none)
  }

  /// The first match in `text` from byte `start` on.
  func find(_ text: StringView, from start: Int) -> Range<Int>? {
    var start = start
    let end = Int(text.length)
    if let literal {
      guard let found = literal.find(in: text, from: start) else { return nil }
      if literal.isWhole { return found..<found + literal.count }
      start = found
    }
    guard let found = program.find(text, start..<end, .none) else { return nil }
    return isShortest ? found.lowerBound..<shortestEnd(text, found) : found
  }

  /// What parentheses captured in the match `range`, at their numbers; the match itself at 0.
  func captures(_ text: StringView, _ range: Range<Int>) throws(RegexError) -> [Range<Int>?] {
    var captures = [Range<Int>?](repeating: nil, count: captureCount + 1)
    captures[0] = range
    try dissection.note(text, range, &captures)
    return captures
  }

  /// The least end of a match that begins where `found` does.
  ///
  /// Lazy quantifiers have found it nearly always; then one more search says so.
  private func shortestEnd(_ text: StringView, _ found: Range<Int>) -> Int {
    let start = found.lowerBound
    var low = start
    var high = found.upperBound
    var probe = high - 1
    while low < high {
      if let end = program.find(text, start..<probe, .start)?.upperBound {
        high = end
      } else {
        low = probe + 1
      }
      probe = low + (high - low) / 2
    }
    return high
  }
}
