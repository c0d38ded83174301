/// The part of a SELECT that an expression stands in; decides what may stand there.
enum Clause: Sendable {
  case from, filter, groupBy, selectList, having, orderBy, aggregateFilter

  /// Its name in errors.
  var name: String {
    switch self {
    case .from: "functions in FROM"
    case .filter: "WHERE"
    case .groupBy: "GROUP BY"
    case .selectList: "the select list"
    case .having: "HAVING"
    case .orderBy: "ORDER BY"
    case .aggregateFilter: "FILTER"
    }
  }

  /// Whether aggregates may stand in it.
  var allowsAggregates: Bool {
    switch self {
    case .selectList, .having, .orderBy: true
    case .from, .filter, .groupBy, .aggregateFilter: false
    }
  }

  /// Whether set-returning functions may stand in it.
  var allowsExpansion: Bool {
    switch self {
    case .selectList, .groupBy, .orderBy: true
    case .from, .filter, .having, .aggregateFilter: false
    }
  }
}
