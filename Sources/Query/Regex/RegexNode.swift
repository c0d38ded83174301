/// A regular expression, taken apart.
indirect enum RegexNode: Equatable, Sendable {
  /// Matches nothing but the empty text.
  case empty
  /// One character.
  case set(RegexSet)
  case assertion(Assertion)
  case sequence([RegexNode])
  /// Alternatives, two or more.
  case choice([RegexNode])
  /// A quantified atom; `maximum` is `nil` for any number.
  case repeated(RegexNode, minimum: Int, maximum: Int?, preference: Preference?)
  /// Parentheses, with the number of what they capture.
  case group(RegexNode, capture: Int?)

  /// What holds between two characters.
  enum Assertion: Equatable, Sendable {
    case textStart, textEnd, lineStart, lineEnd
    case wordStart, wordEnd, wordBoundary, notWordBoundary
  }

  /// Which of several matches is wanted.
  enum Preference: Equatable, Sendable { case longest, shortest }

  /// PostgreSQL's attribute of the whole (its documentation, "Regular Expression Matching Rules"):
  /// that of the first part that has one; alternatives are greedy.
  var preference: Preference? {
    switch self {
    case .empty, .set, .assertion: nil
    case .choice: .longest
    case .group(let inner, _): inner.preference
    case .sequence(let items): items.lazy.compactMap(\.preference).first
    case .repeated(let inner, _, _, let preference): preference ?? inner.preference
    }
  }

  /// Whether parentheses in it capture.
  var hasCaptures: Bool {
    switch self {
    case .empty, .set, .assertion: false
    case .group(let inner, let capture): capture != nil || inner.hasCaptures
    case .choice(let items), .sequence(let items): items.contains(where: \.hasCaptures)
    case .repeated(let inner, _, _, _): inner.hasCaptures
    }
  }

  /// The number of characters of all its matches, or `nil` when they differ.
  var fixedLength: Int? {
    switch self {
    case .empty, .assertion: return 0
    case .set: return 1
    case .group(let inner, _): return inner.fixedLength
    case .sequence(let items):
      var sum = 0
      for item in items {
        guard let length = item.fixedLength else { return nil }
        sum += length
      }
      return sum
    case .choice(let items):
      guard let first = items[0].fixedLength else { return nil }
      return items.allSatisfy { $0.fixedLength == first } ? first : nil
    case .repeated(let inner, let minimum, let maximum, _):
      guard let length = inner.fixedLength else { return nil }
      if length == 0 || minimum == maximum {
        // Counts are at most 255, so that no nesting that is allowed gets out of range.
        let (product, overflow) = length.multipliedReportingOverflow(by: minimum)
        return overflow ? nil : product
      }
      return nil
    }
  }

  /// Whether it may match the empty text; assertions are taken to hold.
  var mayBeEmpty: Bool {
    switch self {
    case .empty, .assertion: true
    case .set: false
    case .group(let inner, _): inner.mayBeEmpty
    case .sequence(let items): items.allSatisfy(\.mayBeEmpty)
    case .choice(let items): items.contains(where: \.mayBeEmpty)
    case .repeated(let inner, let minimum, _, _): minimum == 0 || inner.mayBeEmpty
    }
  }
}
