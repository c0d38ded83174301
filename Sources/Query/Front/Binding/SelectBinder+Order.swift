import Formats

extension SelectBinder {
  /// Reads ORDER BY, adding hidden targets for what is not in the select list.
  mutating func bindOrder(_ select: SyntaxNode) throws(SQLError) -> [OrderKey] {
    var order: [OrderKey] = []
    for item in try select.sortItems("sortClause") {
      let column = try resultColumn(item.value, in: .orderBy)
      if order.contains(where: { $0.column == column }) { continue }
      order.append(
        OrderKey(column: column, descending: item.isDescending, nullsFirst: item.nullsFirst))
    }
    if let distinctOn {
      for key in order.prefix(distinctOn.count) where !distinctOn.contains(key.column) {
        throw SQLError(
          position: select.position,
          "SELECT DISTINCT ON expressions must match initial ORDER BY expressions")
      }
    }
    return order
  }

  /// The rows of a UNION with its ORDER BY, LIMIT and OFFSET.
  mutating func bindOrder(of rows: Relation, _ node: SyntaxNode) throws(SQLError) -> Relation {
    targets = rows.columns.enumerated().map { index, column in
      Target(
        name: column.name, expression: .column(slot: index, type: column.type), isHidden: false)
    }
    expressions.references = rows.columns.enumerated().map { index, column in
      Reference(target: .column(index), name: column.name, position: node.position)
    }
    for item in try node.sortItems("sortClause") {
      let value = item.value
      let isOrdinal = value.kind == "A_Const"
      let name = try bareName(value)
      guard isOrdinal || targets.contains(where: { $0.name == name }) else {
        throw SQLError(
          position: value.position,
          "invalid UNION ORDER BY clause; only result column names can be used, not expressions: "
            + "make the UNION a sub-query in FROM")
      }
    }
    var plan = SelectPlan(identityOf: rows.columns)
    plan.order = try bindOrder(node)
    let bounds = try bindLimit(node)
    plan.offset = bounds.offset
    plan.limit = bounds.limit
    return .select(plan, from: rows)
  }

  /// The column of the result that an item of ORDER BY or DISTINCT ON means.
  ///
  /// As PostgreSQL: a bare name is a column of the result first and one of the input second.
  mutating func resultColumn(_ node: SyntaxNode, in clause: Clause) throws(SQLError) -> Int {
    if let index = try ordinal(node, in: clause) { return index }
    if let name = try bareName(node),
      let index = try target(named: name, in: clause, at: node.position)
    {
      return index
    }
    let operand = try expressions.bind(node, in: clause)
    let same = targets.firstIndex { expressions.isSame($0.expression, operand.expression) }
    if let same { return same }
    guard !isDistinct else {
      throw SQLError(
        position: operand.position,
        "for SELECT DISTINCT, ORDER BY expressions must appear in select list")
    }
    try add(
      Target(name: "", expression: operand.expression, isHidden: true), at: operand.position)
    return targets.count - 1
  }
}
