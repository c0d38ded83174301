/// What stands in FROM.
indirect enum RandomSource {
  /// The input, a table, or a query of WITH.
  case named(String, alias: String?)
  case query(RandomQuery, alias: String)

  /// The SQL text.
  var sql: String {
    switch self {
    case .named(let name, let alias): name + (alias.map { " AS " + $0 } ?? "")
    case .query(let query, let alias): "(\(query.sql)) AS \(alias)"
    }
  }

  /// Whether it is a query of WITH.
  var isOfWith: Bool {
    if case .named(let name, _) = self { name.hasPrefix("w") } else { false }
  }

  /// The query in it.
  var query: RandomQuery? {
    get { if case .query(let query, _) = self { query } else { nil } }
    set {
      if case .query(_, let alias) = self, let newValue { self = .query(newValue, alias: alias) }
    }
  }
}

/// What is joined with all that stands before it in FROM.
struct RandomJoin {
  /// How rows meet.
  enum Kind: String {
    case inner = " JOIN "
    case left = " LEFT JOIN "
    case cross = " CROSS JOIN "
    case listed = ", "
  }

  var kind: Kind
  var source: RandomSource
  /// The condition of ON.
  var condition: Node?
  /// The columns of USING.
  var shared: [String] = []

  /// The SQL text.
  var sql: String {
    var sql = kind.rawValue + source.sql
    if let condition { sql += " ON " + condition.text }
    if !shared.isEmpty {
      sql += " USING (" + shared.map(RandomTable.quoted).joined(separator: ", ") + ")"
    }
    return sql
  }
}
