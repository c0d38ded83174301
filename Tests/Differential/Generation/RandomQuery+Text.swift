extension RandomQuery {
  /// The SQL text. With ORDER BY all positions of the select list follow the keys, so that the order
  /// is total.
  var sql: String {
    var sql = ""
    if !common.isEmpty {
      let queries = common.map { "\($0.name) AS (\($0.query.sql))" }
      sql = "WITH \(queries.joined(separator: ", ")) "
    }
    sql += select
    for arm in arms {
      sql += (arm.isAll ? " UNION ALL " : " UNION ")
      sql += arm.query.isBare ? arm.query.sql : "(\(arm.query.sql))"
    }
    if !order.isEmpty {
      sql += " ORDER BY "
      sql += (order.map { $0.node.text + $0.direction } + tieBreakers).joined(separator: ", ")
    }
    if let limit { sql += " LIMIT " + limit }
    if let offset { sql += " OFFSET " + offset }
    return sql
  }

  /// From SELECT to HAVING.
  private var select: String {
    var sql = "SELECT " + (isDistinct ? "DISTINCT " : "")
    let named = order.prefix(distinctOn)
    if !named.isEmpty { sql += "DISTINCT ON (\(named.map(\.node.text).joined(separator: ", "))) " }
    sql += items.map { $0.node.text + ($0.alias.map { " AS \($0)" } ?? "") }.joined(separator: ", ")
    sql += " FROM " + source.sql + joins.map(\.sql).joined()
    if let expansion { sql += ", " + expansion.text }
    if let filter { sql += " WHERE " + filter.text }
    if !groups.isEmpty { sql += " GROUP BY " + groups.map(\.text).joined(separator: ", ") }
    if let having { sql += " HAVING " + having.text }
    return sql
  }

  /// What orders rows with equal keys: the columns of the result, and for a query around it also how
  /// they are written, as 1.0 and 1.00 are equal.
  private var tieBreakers: [String] {
    let positions = items.indices.map { "\($0 + 1)" }
    let isTaken = isNested && arms.isEmpty && !isDistinct && (distinctOn > 0 || isLimited)
    return isTaken ? positions + items.map { "(\($0.node.text))::text" } : positions
  }

  /// Whether it can be a part of a UNION without parentheses.
  private var isBare: Bool { common.isEmpty && arms.isEmpty && order.isEmpty && !isLimited }

  /// Whether not all rows may be shown.
  var isLimited: Bool { limit != nil || offset != nil }
}
