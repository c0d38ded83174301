extension SelectBinder {
  /// Reads ORDER BY, adding hidden targets for what is not in the select list.
  mutating func bindOrder(_ select: SyntaxNode) throws(SQLError) -> [OrderKey] {
    var order: [OrderKey] = []
    for item in try select.sortItems("sortClause") {
      let column = try orderColumn(item.value)
      if order.contains(where: { $0.column == column }) { continue }
      order.append(
        OrderKey(column: column, descending: item.isDescending, nullsFirst: item.nullsFirst))
    }
    return order
  }

  /// As PostgreSQL: a bare name is a column of the result first and one of the input second.
  private mutating func orderColumn(_ node: SyntaxNode) throws(SQLError) -> Int {
    if let index = try ordinal(node, in: .orderBy) { return index }
    if let name = try bareName(node),
      let index = try target(named: name, in: .orderBy, at: node.position)
    {
      return index
    }
    let operand = try expressions.bind(node, in: .orderBy)
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
