extension SelectBinder {
  /// Reads FROM: `input`, and at most one set-returning function after it.
  mutating func bindFrom(_ select: SyntaxNode) throws(SQLError) {
    var items: [SyntaxNode] = []
    for node in try select.nodes("fromClause") { try flatten(node, into: &items) }
    guard let first = items.first else {
      throw Unsupported.error(
        "SELECT without FROM is", at: select.position, help: "write FROM input")
    }
    try bindInput(first)
    for item in items.dropFirst() {
      if item.kind == "RangeVar" {
        throw Unsupported.error(
          "joins are", at: item.position, help: "a query reads one source, input")
      }
      try bindFunction(item)
    }
  }

  /// Takes CROSS JOIN apart, which is the same as a comma.
  private func flatten(_ node: SyntaxNode, into items: inout [SyntaxNode]) throws(SQLError) {
    guard node.kind == "JoinExpr" else {
      items.append(node)
      return
    }
    guard let left = try node.node("larg"), let right = try node.node("rarg"),
      node.string("jointype") == "JOIN_INNER", right.kind == "RangeFunction"
    else { throw Unsupported.node(node) }
    try node.allow(["jointype", "larg", "rarg"])
    try flatten(left, into: &items)
    items.append(right)
  }

  private mutating func bindInput(_ node: SyntaxNode) throws(SQLError) {
    if node.kind == "RangeFunction" {
      throw SQLError(
        position: node.position,
        "a set-returning function in FROM stands after the input: FROM input, …")
    }
    try node.expect("RangeVar")
    try node.allow(["relname", "inh", "relpersistence", "alias"])
    let name = node.string("relname") ?? ""
    guard name == "input" else {
      throw SQLError(
        position: node.position,
        "relation \"\(name)\" does not exist; a query reads only input: FROM input")
    }
    guard node.flag("inh") else {
      throw Unsupported.error("FROM ONLY is", at: node.position, help: "write FROM input")
    }
    guard let value = node.value("alias") else { return }
    let alias = try SyntaxNode(kind: "Alias", value, near: node.position)
    guard alias.items("colnames").isEmpty else {
      throw Unsupported.error(
        "renaming columns in FROM is", at: node.position, help: "name them in the select list")
    }
    try alias.allow(["aliasname"])
    expressions.scope.inputName = alias.string("aliasname") ?? name
  }

  private mutating func bindFunction(_ node: SyntaxNode) throws(SQLError) {
    try node.expect("RangeFunction")
    try node.allow(["lateral", "functions", "alias"])
    guard expressions.expansion == nil else {
      throw ExpressionBinder.secondExpansion(at: node.position)
    }
    // Each function is a list of the call and its column definitions, which are empty.
    guard let list = try node.nodes("functions").first, list.kind == "List",
      let item = list.items("items").first
    else { throw Unsupported.error("this function in FROM is", at: node.position) }
    let call = try SyntaxNode(item, near: node.position)
    guard call.kind == "FuncCall" else { throw Unsupported.node(call) }
    let name = try expressions.functionName(call)
    guard ExpressionBinder.expansionFunctions.contains(name) else {
      throw Unsupported.error(
        "function \(name) in FROM is", at: call.position,
        help: "there are string_to_table, regexp_split_to_table and unnest(string_to_array(…))")
    }
    expressions.clause = .from
    expressions.expansion = try expressions.bindExpansion(call)
    expressions.isExpansionNamed = true
    expressions.scope.derived = try derived(node, function: name)
    if expressions.scope.derived?.table == expressions.scope.inputName {
      throw SQLError(
        position: node.position,
        "table name \"\(expressions.scope.inputName)\" specified more than once")
    }
  }

  private func derived(_ node: SyntaxNode, function: String) throws(SQLError) -> Scope.Derived {
    guard let value = node.value("alias") else {
      return Scope.Derived(table: function, column: function)
    }
    let alias = try SyntaxNode(kind: "Alias", value, near: node.position)
    try alias.allow(["aliasname", "colnames"])
    let table = alias.string("aliasname") ?? function
    let columns = try alias.names("colnames")
    guard columns.count <= 1 else {
      throw SQLError(
        position: node.position,
        "table \"\(table)\" has 1 column available but \(columns.count) columns specified")
    }
    return Scope.Derived(table: table, column: columns.first ?? table)
  }
}
