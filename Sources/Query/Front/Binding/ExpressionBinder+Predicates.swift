import Columnar

extension ExpressionBinder {
  mutating func bindLogic(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["boolop", "args"])
    let operands = try bindAll("args", of: node)
    let start = min(node.position, operands.first?.position ?? node.position)
    let name =
      switch node.string("boolop") {
      case "AND_EXPR": "AND"
      case "OR_EXPR": "OR"
      default: "NOT"
      }
    var conditions: [Expression] = []
    for operand in operands { conditions.append(try condition(operand, of: name)) }
    switch (name, conditions.count) {
    case ("AND", 2...): return Operand(.and(conditions), at: start)
    case ("OR", 2...): return Operand(.or(conditions), at: start)
    case ("NOT", 1): return Operand(.not(conditions[0]), at: start)
    default: throw Unsupported.error("this logic is", at: node.position)
    }
  }

  mutating func bindNullTest(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["arg", "nulltesttype"])
    let operand = try bind("arg", of: node)
    let test = Expression.isNull(operand.expression)
    switch node.string("nulltesttype") {
    case "IS_NULL": return Operand(test, at: operand.position)
    case "IS_NOT_NULL": return Operand(.not(test), at: operand.position)
    default: throw Unsupported.error("this test is", at: node.position)
    }
  }

  mutating func bindBooleanTest(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["arg", "booltesttype"])
    let test = node.string("booltesttype") ?? ""
    let operand = try bind("arg", of: node)
    let place = test.split(separator: "_").joined(separator: " ")
    let value = try condition(operand, of: place)
    func known(_ value: Expression, otherwise: Bool) -> Expression {
      .coalesce([value, .literal(.boolean(otherwise), type: .boolean)], type: .boolean)
    }
    let result: Expression
    switch test {
    case "IS_TRUE": result = known(value, otherwise: false)
    case "IS_NOT_TRUE": result = .not(known(value, otherwise: false))
    case "IS_FALSE": result = .not(known(value, otherwise: true))
    case "IS_NOT_FALSE": result = known(value, otherwise: true)
    case "IS_UNKNOWN": result = .isNull(value)
    case "IS_NOT_UNKNOWN": result = .not(.isNull(value))
    default: throw Unsupported.error("this test is", at: node.position)
    }
    return Operand(result, at: operand.position)
  }

  mutating func bindLike(_ name: String, _ node: SyntaxNode) throws(SQLError) -> Operand {
    let isNegated = name.hasPrefix("!")
    let value = try bind("lexpr", of: node)
    guard let right = try node.node("rexpr") else {
      throw SQLError(position: node.position, "the SQL parser's LIKE has no pattern")
    }
    var pattern: Operand
    var escape: Operand?
    if right.kind == "FuncCall", try right.names("funcname") == ["pg_catalog", "like_escape"] {
      try right.allow(["funcname", "args", "funcformat"])
      let arguments = try bindAll("args", of: right)
      guard arguments.count == 2 else {
        throw SQLError(position: node.position, "the SQL parser's LIKE has no escape")
      }
      // What takes the escape apart gives a text.
      pattern = arguments[0].isUntyped ? try coerced(arguments[0], to: .text) : arguments[0]
      escape = arguments[1]
    } else {
      pattern = try bind(right)
    }
    var result = try binary(
      isNegated ? String(name.dropFirst()) : name, value, pattern, at: node.position)
    if let escape,
      case .call(let function, var arguments, let type, let position) = result.expression
    {
      guard escape.isUntyped || escape.type == .text else {
        throw SQLError(
          position: escape.position, "ESCAPE must be type text, not type \(escape.typeName)")
      }
      arguments.append(try likeEscape(escape))
      result.expression = .call(function, arguments, type: type, position: position)
    }
    return isNegated ? Operand(.not(result.expression), at: result.position) : result
  }

  private func likeEscape(_ escape: Operand) throws(SQLError) -> Expression {
    let expression = try coerce(escape, to: .text)
    if case .literal(.text(let text), _) = expression, text.unicodeScalars.count > 1 {
      throw SQLError(
        position: escape.position,
        "invalid escape string; it must be empty or one character")
    }
    return expression
  }

  mutating func bindIn(_ node: SyntaxNode, isNegated: Bool) throws(SQLError) -> Operand {
    let value = try bind("lexpr", of: node)
    guard let right = try node.node("rexpr") else {
      throw SQLError(position: node.position, "the SQL parser's IN has no list")
    }
    try right.expect("List")
    try right.allow(["items"])
    let items = try bindAll("items", of: right)
    let membership = try oneOf(
      value, items, by: isNegated ? "<>" : "=", at: node.position)
    return Operand(isNegated ? .not(membership) : membership, at: value.position)
  }

  /// Constants become one list; what else stands in it is compared one by one.
  ///
  /// - Parameter name: the operator that compares, as errors show it.
  mutating func oneOf(
    _ value: Operand, _ items: [Operand], by name: String, at position: Int
  ) throws(SQLError) -> Expression {
    let types = ([value] + items).filter { !$0.isUntyped }.map(\.expression.type)
    guard case .type(let type) = TypeRules.common(types) else {
      // No common type: PostgreSQL compares one by one, which finds the comparison at fault.
      var tests: [Expression] = []
      for item in items { tests.append(try binary(name, value, item, at: position).expression) }
      try copy(value, times: items.count - 1)
      return tests.count == 1 ? tests[0] : .or(tests)
    }
    let operand = try coerce(value, to: type)
    var constants: [Literal] = []
    var tests: [Expression] = []
    for item in items {
      let expression = try coerce(item, to: type)
      if case .literal(let literal, _) = expression {
        constants.append(literal)
      } else {
        tests.append(
          .call(.equal, [operand, expression], type: .boolean, position: position))
      }
    }
    if !constants.isEmpty { tests.insert(.inList(operand, constants), at: 0) }
    try copy(value, times: tests.count - 1)
    return tests.count == 1 ? tests[0] : .or(tests)
  }

  mutating func bindBetween(
    _ node: SyntaxNode, isNegated: Bool, isSymmetric: Bool
  ) throws(SQLError) -> Operand {
    let value = try bind("lexpr", of: node)
    guard let right = try node.node("rexpr") else {
      throw SQLError(position: node.position, "the SQL parser's BETWEEN has no bounds")
    }
    try right.expect("List")
    try right.allow(["items"])
    let bounds = try bindAll("items", of: right)
    guard bounds.count == 2 else {
      throw SQLError(position: node.position, "BETWEEN needs two bounds")
    }
    try copy(value, times: isSymmetric ? 3 : 1)
    var result = try within(value, bounds[0], bounds[1], isNegated, at: node.position)
    if isSymmetric {
      try copy(bounds[0], times: 1)
      try copy(bounds[1], times: 1)
      let swapped = try within(value, bounds[1], bounds[0], isNegated, at: node.position)
      result = isNegated ? .and([result, swapped]) : .or([result, swapped])
    }
    return Operand(result, at: value.position)
  }

  private func within(
    _ value: Operand, _ low: Operand, _ high: Operand, _ isNegated: Bool, at position: Int
  ) throws(SQLError) -> Expression {
    let first = try binary(isNegated ? "<" : ">=", value, low, at: position).expression
    let second = try binary(isNegated ? ">" : "<=", value, high, at: position).expression
    return isNegated ? .or([first, second]) : .and([first, second])
  }

  mutating func bindDistinctFrom(
    _ node: SyntaxNode, _ function: Function
  ) throws(SQLError) -> Operand {
    let left = try bind("lexpr", of: node)
    var result = try binary("=", left, try bind("rexpr", of: node), at: node.position)
    if case .call(_, let arguments, let type, let position) = result.expression {
      result.expression = .call(function, arguments, type: type, position: position)
    }
    return result
  }
}
