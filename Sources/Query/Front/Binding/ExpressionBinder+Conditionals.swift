import Columnar

extension ExpressionBinder {
  mutating func bindCase(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["arg", "args", "defresult"])
    return try bindConditionally("CASE") { binder throws(SQLError) in
      try binder.bindCaseParts(node)
    }
  }

  private mutating func bindCaseParts(_ node: SyntaxNode) throws(SQLError) -> Operand {
    var subject: Operand?
    if node.value("arg") != nil {
      let bound = try bind("arg", of: node)
      subject = bound.isUntyped ? try coerced(bound, to: .text) : bound
    }
    var conditions: [Expression] = []
    var results: [Operand] = []
    for branch in try node.nodes("args") {
      try branch.expect("CaseWhen")
      try branch.allow(["expr", "result"])
      let test = try bind("expr", of: branch)
      if let subject {
        conditions.append(try binary("=", subject, test, at: test.position).expression)
      } else {
        conditions.append(try condition(test, of: "CASE/WHEN"))
      }
      results.append(try bind("result", of: branch))
    }
    if let subject { try copy(subject, times: conditions.count - 1) }
    let hasDefault = node.value("defresult") != nil
    if hasDefault { results.insert(try bind("defresult", of: node), at: 0) }
    let (expressions, type) = try unify(results, for: "CASE")
    let branches = zip(conditions, expressions.dropFirst(hasDefault ? 1 : 0)).map {
      CaseBranch(condition: $0, result: $1)
    }
    return Operand(
      .caseWhen(branches, otherwise: hasDefault ? expressions.first : nil, type: type),
      at: node.position)
  }

  mutating func bindCoalesce(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["args"])
    let operands = try bindConditionally("COALESCE") { binder throws(SQLError) in
      try binder.bindAll("args", of: node)
    }
    let (expressions, type) = try unify(operands, for: "COALESCE")
    return Operand(.coalesce(expressions, type: type), at: node.position)
  }

  mutating func bindGreatest(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["op", "args"])
    let isGreatest: Bool
    switch node.string("op") {
    case "IS_GREATEST": isGreatest = true
    case "IS_LEAST": isGreatest = false
    default: throw Unsupported.error("this choice is", at: node.position)
    }
    let (expressions, type) = try unify(
      try bindAll("args", of: node), for: isGreatest ? "GREATEST" : "LEAST")
    return Operand(
      .call(
        isGreatest ? .greatest : .least, expressions, type: type, position: node.position),
      at: node.position)
  }

  mutating func bindNullIf(_ node: SyntaxNode) throws(SQLError) -> Operand {
    let left = try bind("lexpr", of: node)
    let right = try bind("rexpr", of: node)
    let equality = try binary("=", left, right, at: node.position)
    guard case .call(_, let arguments, _, let position) = equality.expression else {
      throw SQLError(position: node.position, "NULLIF needs two values that can be compared")
    }
    // PostgreSQL compares integer with bigint and days with times as they are, so that the result
    // keeps the first one's type.
    if let type = left.type, type != arguments[0].type,
      [.bigint, .timestamp, .timestamptz].contains(arguments[0].type)
    {
      try copy(left, times: 1)
      let branch = CaseBranch(
        condition: equality.expression, result: .literal(.null, type: type))
      return Operand(
        .caseWhen([branch], otherwise: left.expression, type: type), at: node.position)
    }
    return Operand(
      .call(.nullIf, arguments, type: arguments[0].type, position: position),
      at: node.position)
  }
}
