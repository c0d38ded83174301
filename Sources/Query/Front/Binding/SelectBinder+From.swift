import Formats

extension SelectBinder {
  /// Reads FROM: what drives the query, tables that are joined with it, and at most one set-returning
  /// function.
  mutating func bindFrom(_ select: SyntaxNode) throws(SQLError) {
    var from = FromClause()
    for node in try select.nodes("fromClause") { try collect(node, .inner, into: &from) }
    if from.items.isEmpty, let function = from.function {
      throw SQLError(
        position: function.position,
        "a set-returning function in FROM stands after the input: FROM input, …")
    }
    guard !from.items.isEmpty else {
      throw Unsupported.error(
        "SELECT without FROM is", at: select.position, help: "write FROM input")
    }
    try chooseDriver(&from)
    for (index, item) in from.items.enumerated() { try enter(item, isDriver: index == 0) }
    try bindConditions(of: from)
    if let function = from.function { try bindFunction(function) }
  }

  /// Takes joins apart, in the order they are written.
  private func collect(
    _ node: SyntaxNode, _ meeting: FromClause.Meeting, into from: inout FromClause
  ) throws(SQLError) {
    switch node.kind {
    case "JoinExpr": try collectJoin(node, into: &from)
    case "RangeFunction":
      guard from.function == nil else {
        throw ExpressionBinder.secondExpansion(at: node.position)
      }
      from.function = node
    default:
      var item = try item(node, from.items.isEmpty ? .first : meeting)
      item.place = from.items.count
      from.items.append(item)
    }
  }

  private func collectJoin(_ node: SyntaxNode, into from: inout FromClause) throws(SQLError) {
    guard let left = try node.node("larg"), let right = try node.node("rarg") else {
      throw SQLError(position: node.position, "the SQL parser's JOIN has a gap")
    }
    try node.allow(["jointype", "larg", "rarg", "quals", "usingClause", "isNatural", "rtindex"])
    let meeting: FromClause.Meeting
    switch node.string("jointype") {
    case "JOIN_INNER": meeting = .inner
    case "JOIN_LEFT": meeting = .left
    case "JOIN_RIGHT":
      throw Unsupported.error(
        "RIGHT JOIN is", at: right.position, help: "turn it around: … LEFT JOIN …")
    default: throw Unsupported.error("FULL JOIN is", at: right.position)
    }
    if right.kind == "JoinExpr" {
      throw Unsupported.error(
        "a join in parentheses on the right of a join is", at: right.position,
        help: "write the joins one after the other")
    }
    let first = from.items.count
    try collect(left, .inner, into: &from)
    let count = from.items.count
    try collect(right, meeting, into: &from)
    guard from.items.count > count else {
      // A set-returning function, which is joined with each row.
      guard meeting == .inner, node.value("quals") == nil, node.items("usingClause").isEmpty else {
        throw Unsupported.error("JOIN … ON with a set-returning function is", at: right.position)
      }
      return
    }
    from.items[count].using = try node.names("usingClause")
    from.items[count].isNatural = node.flag("isNatural")
    guard let node = try node.node("quals") else { return }
    let condition = FromClause.Condition(node: node, visible: first..<from.items.count)
    if meeting == .left {
      from.items[count].condition = condition
    } else {
      from.conditions.append(condition)
    }
  }

  private func item(
    _ node: SyntaxNode, _ meeting: FromClause.Meeting
  ) throws(SQLError) -> FromClause.Item {
    if node.kind == "RangeSubselect" { return try subquery(node, meeting) }
    try node.expect("RangeVar")
    try node.allow(["relname", "inh", "relpersistence", "alias"])
    let name = node.string("relname") ?? ""
    guard node.flag("inh") else {
      throw Unsupported.error("FROM ONLY is", at: node.position, help: "write FROM \(name)")
    }
    let alias = try alias(of: node)
    var rows = try source(named: name, at: node.position)
    if !alias.columns.isEmpty {
      let query: BoundQuery
      switch rows {
      case .input:
        query = BoundQuery(.scan(SelectPlan(identityOf: context.schema.columns)))
      case .query(let found): query = found
      }
      rows = .query(
        BoundQuery(
          try query.relation.renaming(
            alias.columns, of: alias.name ?? name, at: node.position), untyped: query.untyped))
    }
    return FromClause.Item(
      name: alias.name ?? name, rows: rows, meeting: meeting, position: node.position)
  }

  private func source(named name: String, at position: Int) throws(SQLError) -> FromClause.Source {
    if let common = try QueryBinder(context: context).common(
      named: name, tablesOnly: tablesOnly, at: position)
    {
      return .query(common)
    }
    try context.budget.spend(at: position)
    if let table = context.tables.first(where: { $0.name == name }) {
      return .query(BoundQuery(.table(table)))
    }
    if name == "input" {
      guard !tablesOnly else { throw Self.inputInExpression(at: position) }
      return .input
    }
    let names =
      context.tables.map { Scope.quoted($0.name) } + context.common.map { Scope.quoted($0.name) }
    let help =
      names.isEmpty
      ? "a query reads only input: FROM input"
      : "there are input, \(names.joined(separator: ", "))"
    throw SQLError(position: position, "relation \"\(name)\" does not exist; \(help)")
  }

  /// The refusal of a sub-query that would need the whole input before the first row is done.
  static func inputInExpression(at position: Int) -> SQLError {
    Unsupported.error(
      "a sub-query over input inside an expression is", at: position,
      help: "sub-queries in expressions read the topology's tables; in FROM they read input too")
  }

  private func subquery(
    _ node: SyntaxNode, _ meeting: FromClause.Meeting
  ) throws(SQLError) -> FromClause.Item {
    try node.allow(["lateral", "subquery", "alias"])
    if node.flag("lateral") { throw Unsupported.error("LATERAL is", at: node.position) }
    guard let query = try node.node("subquery") else {
      throw SQLError(position: node.position, "the SQL parser's sub-query has a gap")
    }
    let alias = try alias(of: node)
    guard let name = alias.name else {
      throw SQLError(
        position: query.position,
        "subquery in FROM must have an alias; for example, FROM (SELECT …) AS part")
    }
    var queries = QueryBinder(context: context)
    let bound = try queries.bind(query, tablesOnly: tablesOnly)
    let rows = try bound.relation.renaming(alias.columns, of: name, at: query.position)
    return FromClause.Item(
      name: name, rows: .query(BoundQuery(rows, untyped: bound.untyped)), meeting: meeting,
      position: query.position)
  }

  private func alias(
    of node: SyntaxNode
  ) throws(SQLError) -> (name: String?, columns: [String]) {
    guard let value = node.value("alias") else { return (nil, []) }
    let alias = try SyntaxNode(kind: "Alias", value, near: node.position)
    try alias.allow(["aliasname", "colnames"])
    return (alias.string("aliasname"), try alias.names("colnames"))
  }

  /// Puts first what comes from the input: all else is held whole and joined with it.
  private func chooseDriver(_ from: inout FromClause) throws(SQLError) {
    let inputs = from.items.indices.filter { from.items[$0].rows.isInput }
    // Tables alone are joined in the order they are written.
    guard let driver = inputs.first else { return }
    if inputs.count > 1 {
      throw Unsupported.error(
        "a join of the input with itself is", at: from.items[inputs[1]].position,
        help: "the input is joined with tables of the topology")
    }
    guard from.items[...driver].allSatisfy({ $0.meeting != .left }) else {
      throw Unsupported.error(
        "an outer join that keeps the rows of a table is", at: from.items[driver].position,
        help: "put the input on the left: FROM input LEFT JOIN …")
    }
    guard from.items[...driver].allSatisfy({ $0.using.isEmpty && !$0.isNatural }) || driver == 0
    else {
      throw Unsupported.error(
        "JOIN … USING with the input on the right is", at: from.items[driver].position,
        help: "put the input on the left: FROM input JOIN … USING")
    }
    let item = from.items.remove(at: driver)
    from.items.insert(item, at: 0)
    if driver > 0 { from.items[1].meeting = .inner }
    from.items[0].meeting = .first
  }

  /// Makes the names of an item known.
  private mutating func enter(_ item: FromClause.Item, isDriver: Bool) throws(SQLError) {
    switch item.rows {
    case .input:
      source = nil
      try expressions.scope.add(item.name, context.schema.columns, at: item.position)
    case .query(let query):
      if isDriver {
        source = query.relation
        try expressions.scope.add(item.name, query.columns, at: item.position)
        return
      }
      try expressions.scope.add(item.name, query.columns, at: item.position)
      var join = JoinDraft(
        kind: item.meeting == .left ? .left : .inner, rows: query.relation,
        table: expressions.scope.tables.count - 1, condition: item.condition)
      join.using = try sharedColumns(item, query.columns)
      joins.append(join)
    }
  }

  /// The pairs of columns that USING or NATURAL makes equal; the later ones are shown no more.
  private mutating func sharedColumns(
    _ item: FromClause.Item, _ columns: [InputColumn]
  ) throws(SQLError) -> [JoinDraft.Pair] {
    var names = item.using
    let before = expressions.scope.columns.dropLast(columns.count).map(\.name)
    if item.isNatural { names = columns.map(\.name).filter(before.contains) }
    var pairs: [JoinDraft.Pair] = []
    for name in names {
      guard let column = columns.firstIndex(where: { $0.name == name }) else {
        throw SQLError(
          position: item.position,
          "column \"\(name)\" specified in USING clause does not exist in right table")
      }
      expressions.scope.merge(column)
      guard let left = try expressions.scope.find(name, at: item.position) else {
        throw SQLError(
          position: item.position,
          "column \"\(name)\" specified in USING clause does not exist in left table")
      }
      let table = expressions.scope.tables[expressions.scope.tables.count - 1]
      pairs.append(
        JoinDraft.Pair(
          left: left,
          right: Reference(
            target: .column(table.first + column), name: name, position: item.position)))
    }
    return pairs
  }

  /// Binds ON and USING, each with the names of what it joins.
  private mutating func bindConditions(of from: FromClause) throws(SQLError) {
    for index in joins.indices {
      for pair in joins[index].using {
        let left = expressions.refer(to: pair.left)
        let right = expressions.refer(to: pair.right)
        joins[index].conditions.append(
          try expressions.binary("=", left, right, at: pair.right.position).expression)
      }
      if let condition = joins[index].condition {
        joins[index].conditions += try bind(condition, of: from)
      }
    }
    for condition in from.conditions { joinConditions += try bind(condition, of: from) }
  }

  /// The conditions of an ON, which must all be true.
  private mutating func bind(
    _ condition: FromClause.Condition, of from: FromClause
  ) throws(SQLError) -> [Expression] {
    expressions.scope.visible = from.items.map { condition.visible.contains($0.place) }
    defer { expressions.scope.visible = nil }
    let operand = try expressions.bind(condition.node, in: .join)
    return try expressions.condition(operand, of: "JOIN/ON").conjuncts
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
    let derived = try derived(node, function: name)
    if expressions.scope.tables.contains(where: { $0.name == derived.table }) {
      throw SQLError(
        position: node.position,
        "table name \"\(derived.table)\" specified more than once")
    }
    expressions.scope.derived = derived
  }

  private func derived(_ node: SyntaxNode, function: String) throws(SQLError) -> Scope.Derived {
    let alias = try alias(of: node)
    let table = alias.name ?? function
    guard alias.columns.count <= 1 else {
      throw SQLError(
        position: node.position,
        "table \"\(table)\" has 1 column available but \(alias.columns.count) columns specified")
    }
    return Scope.Derived(table: table, column: alias.columns.first ?? table)
  }
}
