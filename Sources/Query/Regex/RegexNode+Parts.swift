extension RegexNode {
  /// Items of a sequence whose common length is chosen at once.
  struct Part {
    var items: [RegexNode]
    var preference: Preference?

    var node: RegexNode { items.count == 1 ? items[0] : .sequence(items) }
  }

  /// A sequence as PostgreSQL takes it apart to find what parentheses captured: parentheses stand
  /// alone; other atoms stand together as long as they agree in their preference.
  static func parts(_ items: [RegexNode]) -> [Part] {
    var parts: [Part] = []
    var isRun = false
    for item in items {
      let preference = item.preference
      let clashes =
        isRun && preference != nil && parts[parts.count - 1].preference != nil
        && preference != parts[parts.count - 1].preference
      if item.isParenthesized || clashes {
        parts.append(Part(items: [item], preference: preference))
        isRun = false
      } else if isRun {
        parts[parts.count - 1].items.append(item)
        parts[parts.count - 1].preference = parts[parts.count - 1].preference ?? preference
      } else {
        parts.append(Part(items: [item], preference: preference))
        isRun = true
      }
    }
    return parts
  }

  private var isParenthesized: Bool {
    switch self {
    case .group: true
    case .repeated(let inner, _, _, _): inner.isParenthesized
    default: false
    }
  }

  /// Whether, once its beginning and end are known, the leftmost-first match captures what
  /// PostgreSQL captures, so that one search with RE2 finds it.
  ///
  /// PostgreSQL gives each part in turn as much (or as little) as it can have; leftmost-first search
  /// gives that to each quantifier. The two agree where a part has one quantifier only.
  var isDirect: Bool {
    guard hasCaptures else { return true }
    switch self {
    case .empty, .set, .assertion: return true
    case .group(let inner, _): return inner.isDirect
    case .choice(let items): return items.allSatisfy(\.isDirect)
    case .sequence(let items):
      let parts = Self.parts(items)
      let last = parts.lastIndex { $0.node.hasCaptures } ?? 0
      return parts.enumerated().allSatisfy { index, part in
        if index > last { return true }
        return index == parts.count - 1 ? part.node.isDirect : part.node.isSteady
      }
    case .repeated(let inner, let minimum, let maximum, let own):
      if inner.mayBeEmpty { return false }
      if minimum == 1, maximum == 1 { return own == nil && inner.isDirect }
      if minimum == 0, maximum == 1 { return inner.isDirect }
      return inner.fixedLength != nil && inner.capturesAlways
    }
  }

  /// Whether its length follows from one count, and all within from its beginning and end.
  private var isSteady: Bool { variableCount <= 1 && !repeatsUnsteadyCaptures }

  /// Quantifiers that lengths depend on; 2 for more and for lengths that depend on anything else.
  private var variableCount: Int {
    if fixedLength != nil { return 0 }
    switch self {
    case .empty, .set, .assertion: return 0
    case .group(let inner, _): return inner.variableCount
    case .sequence(let items): return min(items.reduce(0) { $0 + $1.variableCount }, 2)
    case .choice: return 2
    case .repeated(let inner, let minimum, let maximum, _):
      if inner.fixedLength != nil { return 1 }
      return minimum == 1 && maximum == 1 ? inner.variableCount : 2
    }
  }

  /// Whether a repeated part has parentheses of which not every round captures something: RE2 keeps
  /// what an earlier round captured, PostgreSQL does not.
  private var repeatsUnsteadyCaptures: Bool {
    switch self {
    case .empty, .set, .assertion: false
    case .group(let inner, _): inner.repeatsUnsteadyCaptures
    case .sequence(let items), .choice(let items): items.contains(where: \.repeatsUnsteadyCaptures)
    case .repeated(let inner, _, _, _):
      inner.repeatsUnsteadyCaptures
        || (inner.hasCaptures && (inner.mayBeEmpty || !inner.capturesAlways))
    }
  }

  /// Whether all parentheses in it capture something whenever it matches.
  private var capturesAlways: Bool {
    guard hasCaptures else { return true }
    return switch self {
    case .empty, .set, .assertion: true
    case .group(let inner, _): inner.capturesAlways
    case .sequence(let items): items.allSatisfy(\.capturesAlways)
    case .choice: false
    case .repeated(let inner, let minimum, _, _): minimum > 0 && inner.capturesAlways
    }
  }
}
