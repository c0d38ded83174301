extension SelectBinder {
  /// Reads GROUP BY into ``keys``, each once.
  mutating func bindGroups(_ select: SyntaxNode) throws(SQLError) {
    for node in try select.nodes("groupClause") {
      let key = try bindKey(node)
      let hasAggregate = expressions.mentions(key) { target in
        if case .aggregate = target { true } else { false }
      }
      if hasAggregate {
        throw SQLError(
          position: node.position, "aggregate functions are not allowed in GROUP BY")
      }
      if !keys.contains(where: { expressions.isSame($0, key) }) { keys.append(key) }
    }
  }

  /// As PostgreSQL: a bare name is a column of the input first and one of the result second.
  private mutating func bindKey(_ node: SyntaxNode) throws(SQLError) -> Expression {
    if let index = try ordinal(node, in: .groupBy) { return targets[index].expression }
    if let name = try bareName(node) {
      if try expressions.scope.find(name, at: node.position) == nil,
        let index = try target(named: name, in: .groupBy, at: node.position)
      {
        return targets[index].expression
      }
    }
    return try expressions.bind(node, in: .groupBy).expression
  }

  /// The column of the result that a number in GROUP BY or ORDER BY means; `nil` when `node` is no
  /// constant.
  func ordinal(_ node: SyntaxNode, in clause: Clause) throws(SQLError) -> Int? {
    guard node.kind == "A_Const" else { return nil }
    guard node.value("ival") != nil else {
      throw SQLError(
        position: node.position,
        "non-integer constant in \(clause.name); write a column, or its position in the select "
          + "list")
    }
    let position = expressions.integer(of: node)
    let shown = targets.count { !$0.isHidden }
    guard position >= 1, position <= shown else {
      throw SQLError(
        position: node.position,
        "\(clause.name) position \(position) is not in select list; it has 1 to \(shown)")
    }
    return Int(position) - 1
  }

  /// The name, when `node` is one without a table.
  func bareName(_ node: SyntaxNode) throws(SQLError) -> String? {
    guard node.kind == "ColumnRef" else { return nil }
    let fields = try node.nodes("fields")
    guard fields.count == 1, fields[0].kind == "String" else { return nil }
    return fields[0].string("sval")
  }

  /// The column of the result with this name, or `nil` when there is none.
  ///
  /// - Throws: ``SQLError`` when different ones have it.
  func target(named name: String, in clause: Clause, at position: Int) throws(SQLError) -> Int? {
    let named = targets.indices.filter { !targets[$0].isHidden && targets[$0].name == name }
    guard let first = named.first else { return nil }
    for other in named.dropFirst()
    where !expressions.isSame(targets[first].expression, targets[other].expression) {
      throw SQLError(
        position: position,
        "\(clause.name) \"\(name)\" is ambiguous; the select list has it twice, rename one")
    }
    return first
  }
}
