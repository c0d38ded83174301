extension RegexNode {
  /// How quantifiers and parentheses are written for RE2.
  enum Form {
    /// Nothing captures; all quantifiers are greedy.
    case longest
    /// Nothing captures; all quantifiers are lazy.
    case shortest
    /// Parentheses capture, and the leftmost-first match is PostgreSQL's one of
    /// ``RegexNode/isDirect`` expressions.
    case capturing
  }

  /// The expression in RE2's syntax.
  func re2(_ form: Form) -> String {
    var text = ""
    switch form {
    case .longest: write(to: &text, captures: false, preference: .longest)
    case .shortest: write(to: &text, captures: false, preference: .shortest)
    case .capturing: write(to: &text, captures: true, preference: nil)
    }
    return text
  }

  /// - Parameter preference: that of all quantifiers in it; `nil` where each part's own counts.
  private func write(to text: inout String, captures: Bool, preference: Preference?) {
    switch self {
    case .empty: text += "(?:)"
    case .set(let set): text += set.re2
    case .assertion(let assertion): text += assertion.re2
    case .group(let inner, let capture):
      text += captures && capture != nil ? "(" : "(?:"
      inner.write(to: &text, captures: captures, preference: preference)
      text += ")"
    case .choice(let items):
      text += "(?:"
      for (index, item) in items.enumerated() {
        if index > 0 { text += "|" }
        item.write(to: &text, captures: captures, preference: preference)
      }
      text += ")"
    case .sequence(let items):
      if preference != nil {
        for item in items { item.write(to: &text, captures: captures, preference: preference) }
        return
      }
      let parts = Self.parts(items)
      for (index, part) in parts.enumerated() {
        let isLast = index == parts.count - 1
        for item in part.items {
          item.write(
            to: &text, captures: captures,
            preference: isLast ? nil : part.preference ?? .longest)
        }
      }
    case .repeated(let inner, let minimum, let maximum, let own):
      let wanted = preference ?? own ?? inner.preference ?? .longest
      text += "(?:"
      inner.write(to: &text, captures: captures, preference: preference ?? own)
      text += ")"
      switch (minimum, maximum) {
      case (0, nil): text += "*"
      case (1, nil): text += "+"
      case (0, 1?): text += "?"
      case (_, nil): text += "{\(minimum),}"
      case (_, let maximum?):
        text += minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}"
      }
      if wanted == .shortest { text += "?" }
    }
  }
}

extension RegexNode.Assertion {
  fileprivate var re2: String {
    switch self {
    case .textStart: "\\A"
    case .textEnd: "\\z"
    case .lineStart: "(?m:^)"
    case .lineEnd: "(?m:$)"
    case .wordBoundary: "\\b"
    case .notWordBoundary: "\\B"
    case .wordStart, .wordEnd: preconditionFailure("\(self) was to be resolved")
    }
  }
}

extension RegexSet {
  fileprivate var re2: String {
    if self == .all { return "(?s:.)" }
    if ranges.isEmpty { return "[^\\x{0}-\\x{10FFFF}]" }
    if let single { return Self.escaped(single) }
    let shown = ranges.map { range in
      range.count == 1
        ? Self.escaped(range.lowerBound)
        : Self.escaped(range.lowerBound) + "-" + Self.escaped(range.upperBound)
    }
    return "[\(shown.joined())]"
  }

  private static func escaped(_ value: UInt32) -> String {
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A:
      String(Character(Unicode.Scalar(UInt8(truncatingIfNeeded: value))))
    default: "\\x{\(String(value, radix: 16))}"
    }
  }
}
