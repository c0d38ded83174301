/// Turns the beginnings and ends of words (`\m`, `\M`), which RE2 does not have, into word
/// boundaries, where what stands beside them says which side the word is on.
enum RegexBoundaries {
  /// What may stand on one side of an assertion.
  private struct Edge {
    /// A character of a word.
    var word: Bool
    /// Another character, or the end of the text.
    var other: Bool

    static let any = Edge(word: true, other: true)
    static let outside = Edge(word: false, other: true)

    func or(_ edge: Edge) -> Edge { Edge(word: word || edge.word, other: other || edge.other) }
  }

  /// The same expression with word boundaries in place of beginnings and ends of words.
  ///
  /// - Throws: ``RegexError`` where both sides of one are open.
  static func resolved(_ node: RegexNode) throws(RegexError) -> RegexNode {
    node.hasWordEnds ? try resolve(node, before: .any, after: .any) : node
  }

  private static func resolve(
    _ node: RegexNode, before: Edge, after: Edge
  ) throws(RegexError) -> RegexNode {
    switch node {
    case .empty, .set: return node
    case .assertion(.wordStart): return try boundary("\\m", outside: before, inside: after)
    case .assertion(.wordEnd): return try boundary("\\M", outside: after, inside: before)
    case .assertion: return node
    case .group(let inner, let capture):
      return .group(try resolve(inner, before: before, after: after), capture: capture)
    case .choice(let items):
      var resolved: [RegexNode] = []
      for item in items { resolved.append(try resolve(item, before: before, after: after)) }
      return .choice(resolved)
    case .repeated(let inner, let minimum, let maximum, let preference):
      let isOnce = maximum == 1
      return .repeated(
        try resolve(
          inner, before: isOnce ? before : before.or(last(inner, before)),
          after: isOnce ? after : after.or(first(inner, after))),
        minimum: minimum, maximum: maximum, preference: preference)
    case .sequence(let items):
      var afters = [after]
      for item in items.reversed() { afters.append(first(item, afters[afters.count - 1])) }
      var before = before
      var resolved: [RegexNode] = []
      for (index, item) in items.enumerated() {
        resolved.append(
          try resolve(item, before: before, after: afters[items.count - 1 - index]))
        before = last(item, before)
      }
      return .sequence(resolved)
    }
  }

  private static func boundary(
    _ name: String, outside: Edge, inside: Edge
  ) throws(RegexError) -> RegexNode {
    if !outside.other || !inside.word { return .set(.empty) }
    guard !outside.word || !inside.other else {
      throw RegexError(
        unsupported: "\(name) beside what may or may not be a word's character, in a regular "
          + "expression, is")
    }
    return .assertion(.wordBoundary)
  }

  /// What may come first in `node` with `after` behind it.
  private static func first(_ node: RegexNode, _ after: Edge) -> Edge {
    switch node {
    case .empty: after
    case .set(let set): edge(set)
    case .assertion(.textEnd), .assertion(.lineEnd): .outside
    case .assertion: after
    case .group(let inner, _): first(inner, after)
    case .sequence(let items): items.reversed().reduce(after) { first($1, $0) }
    case .choice(let items): union(items.map { first($0, after) })
    case .repeated(let inner, let minimum, _, _):
      minimum > 0 ? first(inner, after) : first(inner, after).or(after)
    }
  }

  /// What may come last in `node` with `before` in front of it.
  private static func last(_ node: RegexNode, _ before: Edge) -> Edge {
    switch node {
    case .empty: before
    case .set(let set): edge(set)
    case .assertion(.textStart), .assertion(.lineStart): .outside
    case .assertion: before
    case .group(let inner, _): last(inner, before)
    case .sequence(let items): items.reduce(before) { last($1, $0) }
    case .choice(let items): union(items.map { last($0, before) })
    case .repeated(let inner, let minimum, _, _):
      minimum > 0 ? last(inner, before) : last(inner, before).or(before)
    }
  }

  private static func union(_ edges: [Edge]) -> Edge {
    edges.dropFirst().reduce(edges[0]) { $0.or($1) }
  }

  private static func edge(_ set: RegexSet) -> Edge {
    Edge(
      word: !set.isDisjoint(with: RegexClass.word), other: !set.isSubset(of: RegexClass.word))
  }
}

extension RegexNode {
  /// Whether `\m` or `\M` is in it.
  fileprivate var hasWordEnds: Bool {
    switch self {
    case .empty, .set: false
    case .assertion(let assertion): assertion == .wordStart || assertion == .wordEnd
    case .group(let inner, _), .repeated(let inner, _, _, _): inner.hasWordEnds
    case .sequence(let items), .choice(let items): items.contains(where: \.hasWordEnds)
    }
  }
}
