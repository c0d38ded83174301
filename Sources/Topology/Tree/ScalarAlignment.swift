/// Finds where each character of a YAML scalar is written, by walking along the scalar's value and
/// its source text together.
///
/// Characters other than whitespace follow each other in both the same way, so the walk depends on
/// the rules of folding and indentation only in how much whitespace it passes at line breaks.
struct ScalarAlignment {
  private let source: SourceLines
  private let style: YAMLScalar.Style
  private let value: [Unicode.Scalar]
  /// Next scalar of the source.
  private var cursor: Int
  /// Next scalar of the value, and its UTF-8 offset.
  private var index = 0
  private var offset = 0
  /// End of the blanks that are known to hold no line break.
  private var inlineEnd = 0
  private var runs: [SourceText.Run] = []

  /// The scalar's text with the places of its characters in `source`.
  static func text(
    of scalar: YAMLScalar, at position: TopologyPosition, in source: SourceLines
  ) -> SourceText {
    guard let start = source.index(line: position.line, column: position.column) else {
      return SourceText(scalar.text, at: position)
    }
    var alignment = ScalarAlignment(scalar, source: source, start: start)
    alignment.walk()
    return SourceText(scalar.text, file: position.file, runs: alignment.runs)
  }

  private init(_ scalar: YAMLScalar, source: SourceLines, start: Int) {
    self.source = source
    style = scalar.style
    value = Array(scalar.text.unicodeScalars)
    cursor = start
  }

  private mutating func walk() {
    skipToContent()
    startRun()
    while index < value.count {
      guard step() else { return startRun(isPinned: true) }
    }
  }

  /// Skips a tag, an anchor, the header of a block scalar and an opening quote.
  private mutating func skipToContent() {
    while let scalar = current, scalar == "&" || scalar == "!" {
      while let scalar = current, scalar != " ", scalar != "\t", !isAtLineBreak { cursor += 1 }
      cursor = source.skipWhitespace(from: cursor).index
    }
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted: cursor += 1
    case .literal, .folded:
      while current != nil, !isAtLineBreak { cursor += 1 }
      // The break that ends the header belongs to the whitespace before the first line.
      if current != nil { passWhitespace() }
    }
  }

  /// Passes one character or one stretch of whitespace; `false` when value and source disagree.
  private mutating func step() -> Bool {
    guard let scalar = current else { return false }
    if style == .doubleQuoted, scalar == "\\" { return passEscape() }
    if style == .singleQuoted, scalar == "'" {
      passReplacement(sourceLength: 2)
      return true
    }
    if cursor >= inlineEnd {
      let whitespace = source.skipWhitespace(from: cursor)
      if whitespace.lineBreaks > 0 {
        passWhitespace()
        return true
      }
      inlineEnd = whitespace.index
    }
    guard value[index] == scalar else { return false }
    advanceValue()
    cursor += 1
    return true
  }

  /// Passes whitespace that holds line breaks.
  private mutating func passWhitespace() {
    let (end, lineBreaks) = source.skipWhitespace(from: cursor)
    startRun(isPinned: true)
    // In block scalars all of it is whitespace in the value too; elsewhere a single break folds into
    // a space and more breaks into one fewer (YAML 1.1, section 9.1).
    var limit = lineBreaks == 1 ? 1 : lineBreaks - 1
    if style == .literal || style == .folded { limit = .max }
    while index < value.count, limit > 0, Self.isWhitespace(value[index]) {
      advanceValue()
      limit -= 1
    }
    cursor = end
    startRun()
  }

  /// Passes a backslash and what belongs to it (YAML 1.1, section 5.6).
  private mutating func passEscape() -> Bool {
    cursor += 1
    if isAtLineBreak {
      cursor = source.skipWhitespace(from: cursor).index
      startRun()
      return true
    }
    let digits =
      switch current {
      case "x": 2
      case "u": 4
      case "U": 8
      default: 0
      }
    cursor -= 1
    passReplacement(sourceLength: 2 + digits)
    return true
  }

  /// Passes one character of the value that is written as `sourceLength` characters.
  private mutating func passReplacement(sourceLength: Int) {
    startRun()
    advanceValue()
    cursor += sourceLength
    startRun()
  }

  private mutating func advanceValue() {
    offset += UTF8.width(value[index])
    index += 1
  }

  private mutating func startRun(isPinned: Bool = false) {
    let place = source.place(of: min(cursor, source.scalars.count))
    if runs.last?.offset == offset { runs.removeLast() }
    runs.append(
      SourceText.Run(
        offset: offset, line: place.line, column: place.column, isPinned: isPinned))
  }

  private var current: Unicode.Scalar? {
    cursor < source.scalars.count ? source.scalars[cursor] : nil
  }

  private var isAtLineBreak: Bool { source.lineBreakLength(at: cursor) > 0 }

  private static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\u{85}", "\u{2028}", "\u{2029}": true
    default: false
    }
  }
}
