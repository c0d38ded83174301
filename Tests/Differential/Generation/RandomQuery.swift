/// A query as its clauses, so that it can be taken apart.
struct RandomQuery {
  /// A column of the select list.
  struct Item {
    var node: Node
    var alias: String?
  }

  /// A key of ORDER BY.
  struct Key {
    /// An expression, a name, or a position in the select list.
    var node: Node
    /// ` DESC`, ` NULLS FIRST` and the like.
    var direction: String
  }

  var isDistinct = false
  var items: [Item] = []
  /// What stands after `FROM input`: nothing, or a comma and a set-returning function.
  var expansion: Node?
  var filter: Node?
  var groups: [Node] = []
  var having: Node?
  var order: [Key] = []
  var limit: String?
  var offset: String?

  /// Whether the order of the rows is given, up to rows that are equal.
  var isOrdered: Bool { !order.isEmpty }

  /// The SQL text. With ORDER BY all positions of the select list follow the keys, so that the order
  /// is total.
  var sql: String {
    var sql = "SELECT " + (isDistinct ? "DISTINCT " : "")
    sql += items.map { $0.node.text + ($0.alias.map { " AS \($0)" } ?? "") }.joined(separator: ", ")
    sql += " FROM input" + (expansion.map { ", " + $0.text } ?? "")
    if let filter { sql += " WHERE " + filter.text }
    if !groups.isEmpty { sql += " GROUP BY " + groups.map(\.text).joined(separator: ", ") }
    if let having { sql += " HAVING " + having.text }
    if !order.isEmpty {
      let positions = items.indices.map { "\($0 + 1)" }
      sql += " ORDER BY "
      sql += (order.map { $0.node.text + $0.direction } + positions).joined(separator: ", ")
    }
    if let limit { sql += " LIMIT " + limit }
    if let offset { sql += " OFFSET " + offset }
    return sql
  }

  /// All expressions.
  var nodes: [Node] {
    items.map(\.node) + groups + order.map(\.node) + [expansion, filter, having].compactMap { $0 }
  }

  /// Whether an expression or a part of one answers yes.
  func contains(_ condition: (Node) -> Bool) -> Bool {
    nodes.contains { $0.contains(condition) }
  }

  /// Whether a value depends on the order in which doubles are added up.
  var sumsDoubles: Bool { contains(\.sumsDoubles) }

  /// Whether which of several equal values is shown (0 and -0, 1.0 and 1.00) is not said.
  var picksRepresentatives: Bool {
    isDistinct || !groups.isEmpty || limit != nil || offset != nil
      || contains { $0.pieces[0].hasPrefix("min(") || $0.pieces[0].hasPrefix("max(") }
  }
}
