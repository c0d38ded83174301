import Columnar

extension WindowCall {
  /// The call as SQL, columns as `names`; for people, not for parsing.
  func sql(_ names: [String]) -> String {
    let call: String
    switch kind {
    case .aggregate(let aggregate): call = aggregate.sql(names)
    default:
      call = "\(functionName)(\(arguments.map { $0.sql(names) }.joined(separator: ", ")))"
    }
    var parts: [String] = []
    if !partition.isEmpty {
      parts.append("PARTITION BY " + partition.map { $0.sql(names) }.joined(separator: ", "))
    }
    if !order.isEmpty {
      let keys = order.map { key in
        key.expression.sql(names) + (key.descending ? " DESC" : "")
          + (key.nullsFirst == key.descending
            ? "" : key.nullsFirst ? " NULLS FIRST" : " NULLS LAST")
      }
      parts.append("ORDER BY " + keys.joined(separator: ", "))
    }
    return "\(call) OVER (\(parts.joined(separator: " ")))"
  }

  private var functionName: String {
    switch kind {
    case .rowNumber: "row_number"
    case .rank: "rank"
    case .denseRank: "dense_rank"
    case .percentRank: "percent_rank"
    case .cumulativeDistribution: "cume_dist"
    case .buckets: "ntile"
    case .lag: "lag"
    case .lead: "lead"
    case .firstValue: "first_value"
    case .lastValue: "last_value"
    case .nthValue: "nth_value"
    case .aggregate: "aggregate"
    }
  }
}

extension Relation {
  /// The names of the tables that are read, for people.
  var tableNames: String {
    switch self {
    case .scan: "input"
    case .table(let table): Scope.quoted(table.name)
    case .select(_, let rows), .window(_, let rows): rows.tableNames
    case .union(let parts): parts.map(\.tableNames).joined(separator: ", ")
    }
  }
}
