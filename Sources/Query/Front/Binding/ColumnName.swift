/// Names of columns that were given none, as PostgreSQL's `FigureColname` has them.
enum ColumnName {
  /// The name of the column that `node` computes.
  static func name(of node: SyntaxNode) throws(SQLError) -> String {
    try figure(node)?.name ?? "?column?"
  }

  /// The name, and whether a CASE or a cast around may have a better one.
  private static func figure(
    _ node: SyntaxNode
  ) throws(SQLError) -> (name: String, isWeak: Bool)? {
    switch node.kind {
    case "ColumnRef": return last(node, "fields").map { ($0, false) }
    case "A_Indirection": return try node.node("arg").flatMap(figure)
    case "FuncCall": return last(node, "funcname").map { ($0, false) }
    case "A_Expr": return node.string("kind") == "AEXPR_NULLIF" ? ("nullif", false) : nil
    case "GroupingFunc": return ("grouping", false)
    case "CoalesceExpr": return ("coalesce", false)
    case "MinMaxExpr": return (node.string("op") == "IS_LEAST" ? "least" : "greatest", false)
    case "CaseExpr":
      if let better = try strong(node, "defresult") { return better }
      return ("case", true)
    case "SubLink": return try ofSubquery(node).map { ($0, false) }
    case "TypeCast":
      if let better = try strong(node, "arg") { return better }
      guard case .object(let fields) = node.value("typeName"),
        case .list(let names) = fields.first(where: { $0.name == "names" })?.value,
        let name = names.last.flatMap(text)
      else { return nil }
      return (name, true)
    default: return nil
    }
  }

  /// `exists`, or the name of the one column that a sub-query gives.
  private static func ofSubquery(_ node: SyntaxNode) throws(SQLError) -> String? {
    switch node.string("subLinkType") {
    case "EXISTS_SUBLINK": return "exists"
    case "EXPR_SUBLINK":
      guard var query = try node.node("subselect") else { return nil }
      while let left = query.value("larg") {
        query = try SyntaxNode(kind: "SelectStmt", left, near: query.position)
      }
      guard let target = try query.nodes("targetList").first else { return nil }
      if let name = target.string("name") { return name }
      return try target.node("val").map { value throws(SQLError) in try name(of: value) }
    default: return nil
    }
  }

  private static func strong(
    _ node: SyntaxNode, _ field: String
  ) throws(SQLError) -> (name: String, isWeak: Bool)? {
    guard let inner = try node.node(field), let found = try figure(inner), !found.isWeak else {
      return nil
    }
    return found
  }

  private static func last(_ node: SyntaxNode, _ field: String) -> String? {
    node.items(field).last.flatMap(text)
  }

  private static func text(_ value: SyntaxValue) -> String? {
    guard case .object(let wrapper) = value, let inner = wrapper.first, inner.name == "String",
      case .object(let fields) = inner.value, case .string(let text) = fields.first?.value
    else { return nil }
    return text
  }
}
