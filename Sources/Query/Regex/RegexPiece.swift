import Columnar

/// A part of an expression that is matched by itself, compiled when it is first needed.
final class RegexPiece {
  private let node: RegexNode
  private var program: RE2Program?

  init(_ node: RegexNode) { self.node = node }

  /// Whether it matches exactly these bytes.
  func matches(_ text: StringView, _ range: Range<Int>) throws(RegexError) -> Bool {
    try compiled().matches(text, range, .both)
  }

  /// The end of its longest match that begins where `range` does and ends in it.
  func longest(_ text: StringView, _ range: Range<Int>) throws(RegexError) -> Int? {
    try compiled().find(text, range, .start)?.upperBound
  }

  private func compiled() throws(RegexError) -> RE2Program {
    if let program { return program }
    let made = try RE2Program(node.re2(.longest), longest: true)
    program = made
    return made
  }
}
