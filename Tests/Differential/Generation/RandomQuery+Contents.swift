extension RandomQuery {
  /// A place at which another query stands.
  enum Part {
    case common(Int)
    case source
    case join(Int)
    case arm(Int)
  }

  /// The places of the queries right below.
  var parts: [Part] {
    common.indices.map { .common($0) } + [.source] + joins.indices.map { .join($0) }
      + arms.indices.map { .arm($0) }
  }

  /// The query at a place; `nil` where none is. One that is there can be changed only.
  subscript(part: Part) -> RandomQuery? {
    get {
      switch part {
      case .common(let index): common[index].query
      case .source: source.query
      case .join(let index): joins[index].source.query
      case .arm(let index): arms[index].query
      }
    }
    set {
      guard let newValue else { return }
      switch part {
      case .common(let index): common[index].query = newValue
      case .source: source.query = newValue
      case .join(let index): joins[index].source.query = newValue
      case .arm(let index): arms[index].query = newValue
      }
    }
  }

  /// This query and all below it.
  var queries: [RandomQuery] { [self] + parts.flatMap { self[$0]?.queries ?? [] } }

  /// Whether an expression of the query or one below it, or a part of one, answers yes.
  func contains(_ condition: (Node) -> Bool) -> Bool {
    queries.contains { query in
      query.places.contains { query[$0]?.contains(condition) ?? false }
    }
  }

  /// Whether a value depends on the order in which doubles are added up.
  var sumsDoubles: Bool { contains(\.sumsDoubles) }

  /// Whether which of several equal values is shown (0 and -0, 1.0 and 1.00) is not said.
  var picksRepresentatives: Bool {
    queries.contains { query in
      query.isDistinct || query.distinctOn > 0 || !query.groups.isEmpty || query.isLimited
        || query.arms.contains { !$0.isAll }
        || query.joins.contains { !$0.shared.isEmpty }
    } || contains { $0.pieces[0].hasPrefix("min(") || $0.pieces[0].hasPrefix("max(") }
  }
}
