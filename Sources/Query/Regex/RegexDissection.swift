import Columnar

/// Finds what parentheses captured in a match, after PostgreSQL's rules.
///
/// A sequence is divided in two, the first half as long (or as short) as can be while the second
/// still matches the rest, and so on inward. RE2 says what matches; its own captures follow other
/// rules where there is a choice.
indirect enum RegexDissection {
  /// Nothing captures.
  case nothing
  case capture(Int, RegexDissection)
  /// Alternatives in order, of which the first that matches counts.
  case choice([(RegexPiece, RegexDissection)])
  case divide(RegexDivision)
  case loop(RegexLoop)
  /// RE2's own captures, for the parentheses from a number on.
  case direct(RegexDirectCaptures)

  /// How to take `node` apart.
  init(_ node: RegexNode) {
    guard let first = node.firstCapture else {
      self = .nothing
      return
    }
    if node.isDirect {
      self = .direct(RegexDirectCaptures(node, first: first))
      return
    }
    switch node {
    case .empty, .set, .assertion: self = .nothing
    case .group(let inner, let capture):
      let inside = RegexDissection(inner)
      self = capture.map { .capture($0, inside) } ?? inside
    case .choice(let items):
      self = .choice(items.map { (RegexPiece($0), RegexDissection($0)) })
    case .sequence(let items): self.init(RegexNode.parts(items)[...])
    case .repeated(let inner, let minimum, let maximum, let own):
      let preference = own ?? inner.preference
      if minimum == 1, maximum == 1 {
        self.init(inner)
      } else if minimum == 0 {
        self = .loop(RegexLoop(inner, maximum: maximum))
      } else {
        // Only the last round's captures count, so that all before are one piece.
        let before = RegexNode.repeated(
          inner, minimum: minimum - 1, maximum: maximum.map { $0 - 1 }, preference: preference)
        self = .divide(
          RegexDivision(
            first: maximum == 1 ? .empty : before, .nothing, second: inner,
            RegexDissection(inner), preference: preference))
      }
    }
  }

  private init(_ parts: ArraySlice<RegexNode.Part>) {
    guard let first = parts.first else {
      self = .nothing
      return
    }
    let rest = parts.dropFirst()
    guard !rest.isEmpty else {
      self.init(first.node)
      return
    }
    self = .divide(
      RegexDivision(
        first: first.node, RegexDissection(first.node),
        second: .sequence(rest.flatMap(\.items)), RegexDissection(rest),
        preference: first.preference))
  }

  /// Notes in `captures`, at the parentheses' numbers, what was captured in the match `range`.
  func note(
    _ text: StringView, _ range: Range<Int>, _ captures: inout [Range<Int>?]
  ) throws(RegexError) {
    switch self {
    case .nothing: return
    case .capture(let number, let inside):
      captures[number] = range
      try inside.note(text, range, &captures)
    case .choice(let items):
      for (piece, inside) in items where try piece.matches(text, range) {
        return try inside.note(text, range, &captures)
      }
    case .divide(let division): try division.note(text, range, &captures)
    case .loop(let loop): try loop.note(text, range, &captures)
    case .direct(let direct): try direct.note(text, range, &captures)
    }
  }
}

extension RegexNode {
  /// The number of the first parentheses that capture.
  var firstCapture: Int? {
    switch self {
    case .empty, .set, .assertion: nil
    case .group(let inner, let capture): capture ?? inner.firstCapture
    case .choice(let items), .sequence(let items): items.lazy.compactMap(\.firstCapture).first
    case .repeated(let inner, _, _, _): inner.firstCapture
    }
  }
}
