/// The part of a SELECT that an expression stands in; decides what may stand there.
enum Clause: Sendable {
  case from, join, filter, groupBy, selectList, having, distinctOn, orderBy, aggregateFilter, window

  /// Its name in errors.
  var name: String {
    switch self {
    case .from: "functions in FROM"
    case .join: "JOIN conditions"
    case .filter: "WHERE"
    case .groupBy: "GROUP BY"
    case .selectList: "the select list"
    case .having: "HAVING"
    case .distinctOn: "DISTINCT ON"
    case .orderBy: "ORDER BY"
    case .aggregateFilter: "FILTER"
    case .window: "window definitions"
    }
  }

  /// Whether aggregates may stand in it.
  var allowsAggregates: Bool {
    switch self {
    case .selectList, .having, .distinctOn, .orderBy, .window: true
    case .from, .join, .filter, .groupBy, .aggregateFilter: false
    }
  }

  /// Whether window functions may stand in it.
  var allowsWindows: Bool {
    switch self {
    case .selectList, .distinctOn, .orderBy: true
    case .from, .join, .filter, .groupBy, .having, .aggregateFilter, .window: false
    }
  }

  /// Whether set-returning functions may stand in it.
  var allowsExpansion: Bool {
    switch self {
    case .selectList, .groupBy, .distinctOn, .orderBy: true
    case .from, .join, .filter, .having, .aggregateFilter, .window: false
    }
  }
}
