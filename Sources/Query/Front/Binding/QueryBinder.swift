import Columnar
import Formats

/// Turns a whole query into relations: WITH, UNION, and SELECTs in each other.
struct QueryBinder {
  /// Queries within each other.
  static let maxDepth = 50

  var context: QueryContext

  /// Binds a statement that is a SELECT.
  ///
  /// - Parameter tablesOnly: whether the query stands in an expression, where only tables can be read.
  mutating func bind(_ node: SyntaxNode, tablesOnly: Bool = false) throws(SQLError) -> BoundQuery {
    try node.expect("SelectStmt")
    guard context.depth < Self.maxDepth else {
      throw SQLError(
        position: node.position,
        "queries are nested more than \(Self.maxDepth) levels deep; split them over stages")
    }
    context.depth += 1
    defer { context.depth -= 1 }
    let outer = context.common
    defer { context.common = outer }
    try bindWith(node)
    switch node.string("op") {
    case "SETOP_UNION": return try bindUnion(node, tablesOnly)
    case "SETOP_INTERSECT", "SETOP_EXCEPT":
      throw Unsupported.error("INTERSECT and EXCEPT are", at: node.position)
    default:
      if node.value("valuesLists") != nil {
        throw Unsupported.field("valuesLists", of: node.kind, at: node.position)
      }
      var binder = SelectBinder(context: context, tablesOnly: tablesOnly)
      return try binder.bind(node)
    }
  }

  private mutating func bindWith(_ node: SyntaxNode) throws(SQLError) {
    guard let value = node.value("withClause") else { return }
    let with = try SyntaxNode(kind: "WithClause", value, near: node.position)
    if with.flag("recursive") {
      throw Unsupported.error("WITH RECURSIVE is", at: with.position)
    }
    try with.allow(["ctes"])
    var names: Set<String> = []
    for common in try with.nodes("ctes") {
      try common.expect("CommonTableExpr")
      try common.allow(["ctename", "aliascolnames", "ctematerialized", "ctequery"])
      let name = common.string("ctename") ?? ""
      guard let query = try common.node("ctequery") else {
        throw SQLError(position: common.position, "the SQL parser's WITH has a gap")
      }
      guard query.kind == "SelectStmt" else {
        throw Unsupported.statement(query.kind, at: common.position)
      }
      guard names.insert(name).inserted else {
        throw SQLError(
          position: common.position, "WITH query name \"\(name)\" specified more than once")
      }
      // Bound also when nothing names it, as its mistakes are mistakes all the same.
      var inner = self
      inner.context.budget = RelationBudget()
      let bound = try inner.bind(query)
      let columns = try common.names("aliascolnames")
      let rows = try bound.relation.renaming(columns, of: name, at: common.position)
      context.common.append(
        CommonQuery(
          name: name, bound: BoundQuery(rows, untyped: bound.untyped),
          cost: inner.context.budget.count))
    }
  }

  /// The rows of a query of WITH, or `nil` when there is none called `name`.
  func common(
    named name: String, tablesOnly: Bool, at position: Int
  ) throws(SQLError) -> BoundQuery? {
    guard let found = context.common.last(where: { $0.name == name }) else { return nil }
    guard !tablesOnly || found.bound.relation.scans.isEmpty else {
      throw SelectBinder.inputInExpression(at: position)
    }
    try context.budget.spend(found.cost, at: position)
    return found.bound
  }

  // MARK: UNION

  private mutating func bindUnion(
    _ node: SyntaxNode, _ tablesOnly: Bool
  ) throws(SQLError) -> BoundQuery {
    try node.allow([
      "op", "all", "larg", "rarg", "withClause", "sortClause", "limitOffset", "limitCount",
      "limitOption",
    ])
    var parts: [(query: BoundQuery, position: Int)] = []
    for field in ["larg", "rarg"] {
      guard let value = node.value(field) else {
        throw SQLError(position: node.position, "the SQL parser's UNION has a gap")
      }
      let part = try SyntaxNode(kind: "SelectStmt", value, near: node.position)
      parts.append((try bind(part, tablesOnly: tablesOnly), part.position))
    }
    var rows = try UnionBinder(parts).relation(isAll: node.flag("all"))
    if let sorted = try sorted(rows, node) { rows = sorted }
    return BoundQuery(rows)
  }

  /// The rows with ORDER BY, LIMIT and OFFSET of the whole, or `nil` when it has none.
  private func sorted(_ rows: Relation, _ node: SyntaxNode) throws(SQLError) -> Relation? {
    let clauses = ["sortClause", "limitOffset", "limitCount"]
    guard clauses.contains(where: { node.value($0) != nil }) else { return nil }
    var binder = SelectBinder(context: context, tablesOnly: false)
    return try binder.bindOrder(of: rows, node)
  }
}
