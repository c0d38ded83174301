import Columnar
import Formats

/// Sub-queries inside expressions: over tables alone, so that every worker can answer them.
extension ExpressionBinder {
  mutating func bindSubquery(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["subLinkType", "testexpr", "operName", "subselect"])
    guard let query = try node.node("subselect") else {
      throw SQLError(position: node.position, "the SQL parser's sub-query has a gap")
    }
    if isInWindow {
      throw Unsupported.error("a sub-query inside a window function is", at: node.position)
    }
    switch node.string("subLinkType") {
    case "EXISTS_SUBLINK": return try bindExists(query, at: node.position)
    case "ANY_SUBLINK": return try bindMembership(node, query)
    case "EXPR_SUBLINK": return try bindScalar(query, at: node.position)
    case "ALL_SUBLINK":
      throw Unsupported.error("ALL (SELECT …) is", at: node.position, help: "use NOT IN (SELECT …)")
    case "ARRAY_SUBLINK": throw Unsupported.error("arrays are", at: node.position)
    default: throw Unsupported.node(node)
    }
  }

  private func rows(of query: SyntaxNode) throws(SQLError) -> Relation {
    var binder = QueryBinder(context: context)
    return try binder.bind(query, tablesOnly: true).relation
  }

  private mutating func add(
    _ kind: Lookup.Kind, _ rows: Relation, _ operands: [Expression], _ type: ColumnType,
    at position: Int
  ) -> Operand {
    lookups.append(Lookup(kind: kind, rows: rows))
    return Operand(.lookup(lookups.count - 1, operands, type: type), at: position)
  }

  private mutating func bindScalar(
    _ query: SyntaxNode, at position: Int
  ) throws(SQLError) -> Operand {
    let rows = try rows(of: query)
    guard rows.columns.count == 1 else {
      throw SQLError(position: position, "subquery must return only one column")
    }
    return add(.scalar, rows, [], rows.columns[0].type, at: position)
  }

  private mutating func bindMembership(
    _ node: SyntaxNode, _ query: SyntaxNode
  ) throws(SQLError) -> Operand {
    if let name = try node.names("operName").last, name != "=" {
      throw Unsupported.error(
        "\(name) ANY (SELECT …) is", at: node.position, help: "use IN or EXISTS")
    }
    let value = try bind("testexpr", of: node)
    let rows = try rows(of: query)
    guard rows.columns.count == 1 else {
      throw SQLError(position: node.position, "subquery has too many columns")
    }
    let column = rows.columns[0]
    let equality = try binary(
      "=", value, Operand(.column(slot: 0, type: column.type), at: node.position),
      at: node.position)
    guard case .call(_, let sides, _, _) = equality.expression, sides.count == 2 else {
      throw SQLError(position: node.position, "IN needs values that can be compared")
    }
    var converted = SelectPlan(identityOf: [column])
    converted.output[0].expression = sides[1]
    return add(
      .membership, rows.refined(by: converted), [sides[0]], .boolean, at: value.position)
  }

  // MARK: EXISTS

  /// Whether it is an EXISTS.
  func isExists(_ expression: Expression) -> Bool {
    if case .lookup(let index, _, _) = expression { lookups[index].kind == .exists } else { false }
  }

  /// EXISTS over one table, whose WHERE may compare its columns with those around by `=`.
  private mutating func bindExists(
    _ query: SyntaxNode, at position: Int
  ) throws(SQLError) -> Operand {
    let items = try query.nodes("fromClause")
    let isPlain =
      items.count == 1 && items[0].kind == "RangeVar" && query.value("whereClause") != nil
      && ["groupClause", "havingClause", "withClause", "limitCount", "limitOffset"].allSatisfy {
        query.value($0) == nil
      } && query.string("op") == "SETOP_NONE"
    guard isPlain, let condition = try query.node("whereClause") else {
      return add(.exists, try rowsWithoutColumns(query), [], .boolean, at: position)
    }
    let table = try existsTable(items[0])
    let outer = scope
    var nested = scope
    var operands: [Expression] = []
    var columns: [Expression] = []
    var filter: [Expression] = []
    let firstReference = references.count
    let range = outer.columns.count..<(outer.columns.count + table.rows.columns.count)
    try nested.nest(table.name, table.rows.columns, at: items[0].position)
    scope = nested
    defer { scope = outer }
    let around = (clause, isInAggregate, conditional)
    let bound = try bind(condition, in: .filter)
    for part in try self.condition(bound, of: "WHERE").conjuncts {
      if mentionsOnly(part, range) {
        filter.append(overInner(part, range))
      } else if let (row, column) = equality(part, range) {
        operands.append(row)
        columns.append(overInner(column, range))
      } else {
        throw Unsupported.error(
          "this condition of EXISTS is", at: position,
          help: "compare columns of the table with columns around it by =, joined by AND")
      }
    }
    (clause, isInAggregate, conditional) = around
    for index in firstReference..<references.count {
      if case .column(let column) = references[index].target, range.contains(column) {
        references[index].target = .inner
      }
    }
    var plan = SelectPlan(identityOf: table.rows.columns)
    plan.filter = Expression.conjunction(filter)
    plan.output = columns.enumerated().map {
      OutputColumn(name: "k\($0 + 1)", expression: $1, hidden: false)
    }
    return add(
      .exists, table.rows.refined(by: plan.pruned()), operands, .boolean, at: position)
  }

  /// The rows of a sub-query of which only their being there matters.
  private func rowsWithoutColumns(_ query: SyntaxNode) throws(SQLError) -> Relation {
    let rows = try rows(of: query)
    var plan = SelectPlan(identityOf: rows.columns)
    plan.output = []
    return .select(plan.pruned(), from: rows)
  }

  private func existsTable(
    _ node: SyntaxNode
  ) throws(SQLError) -> (name: String, rows: Relation) {
    try node.allow(["relname", "inh", "relpersistence", "alias"])
    let relation = node.string("relname") ?? ""
    var name = relation
    if let value = node.value("alias") {
      let alias = try SyntaxNode(kind: "Alias", value, near: node.position)
      try alias.allow(["aliasname"])
      name = alias.string("aliasname") ?? relation
    }
    let binder = QueryBinder(context: context)
    if let common = try binder.common(named: relation, tablesOnly: true, at: node.position) {
      return (name, common.relation)
    }
    guard let table = context.tables.first(where: { $0.name == relation }) else {
      if relation == "input" { throw SelectBinder.inputInExpression(at: node.position) }
      throw SQLError(position: node.position, "relation \"\(relation)\" does not exist")
    }
    try context.budget.spend(at: node.position)
    return (name, .table(table))
  }

  /// Whether the expression mentions inner columns and nothing else.
  private func mentionsOnly(_ expression: Expression, _ inner: Range<Int>) -> Bool {
    !mentions(expression) { target in
      if case .column(let column) = target { !inner.contains(column) } else { true }
    }
  }

  private func equality(
    _ condition: Expression, _ inner: Range<Int>
  ) -> (row: Expression, column: Expression)? {
    guard case .call(.equal, let sides, _, _) = condition, sides.count == 2 else { return nil }
    let isInner = sides.map { side in
      mentions(side) { if case .column(let column) = $0 { inner.contains(column) } else { false } }
    }
    for (row, column) in [(0, 1), (1, 0)]
    where !isInner[row] && isInner[column] && mentionsOnly(sides[column], inner) {
      return (sides[row], sides[column])
    }
    return nil
  }

  private func overInner(_ expression: Expression, _ inner: Range<Int>) -> Expression {
    expression.mapSlots { index, type in
      guard case .column(let column) = references[index].target else {
        preconditionFailure("only columns of the table are mentioned")
      }
      return .column(slot: column - inner.lowerBound, type: type)
    }
  }
}
