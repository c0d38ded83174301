import Columnar

extension ExpressionBinder {
  mutating func bindOperator(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["kind", "name", "lexpr", "rexpr"])
    let name = try operatorName(node)
    switch node.string("kind") {
    case "AEXPR_OP":
      guard node.value("lexpr") != nil else {
        return try prefix(name, try bind("rexpr", of: node), at: node.position)
      }
      let left = try bind("lexpr", of: node)
      return try binary(name, left, try bind("rexpr", of: node), at: node.position)
    case "AEXPR_LIKE", "AEXPR_ILIKE": return try bindLike(name, node)
    case "AEXPR_IN": return try bindIn(node, isNegated: name == "<>")
    case "AEXPR_BETWEEN": return try bindBetween(node, isNegated: false, isSymmetric: false)
    case "AEXPR_NOT_BETWEEN": return try bindBetween(node, isNegated: true, isSymmetric: false)
    case "AEXPR_BETWEEN_SYM": return try bindBetween(node, isNegated: false, isSymmetric: true)
    case "AEXPR_NOT_BETWEEN_SYM": return try bindBetween(node, isNegated: true, isSymmetric: true)
    case "AEXPR_DISTINCT": return try bindDistinctFrom(node, .distinctFrom)
    case "AEXPR_NOT_DISTINCT": return try bindDistinctFrom(node, .notDistinctFrom)
    case "AEXPR_NULLIF": return try bindNullIf(node)
    case "AEXPR_SIMILAR":
      throw Unsupported.error("SIMILAR TO is", at: node.position, help: "use LIKE")
    case "AEXPR_OP_ANY", "AEXPR_OP_ALL":
      throw Unsupported.error("ANY and ALL are", at: node.position, help: "use IN (…)")
    default: throw Unsupported.error("this operator is", at: node.position)
    }
  }

  private func operatorName(_ node: SyntaxNode) throws(SQLError) -> String {
    let names = try node.names("name")
    guard let name = names.last, names.count == 1 || names[0] == "pg_catalog" else {
      throw Unsupported.error("an operator of a schema is", at: node.position)
    }
    return name
  }

  /// `operand operator operand`; `position` is the operator's.
  func binary(
    _ name: String, _ left: Operand, _ right: Operand, at position: Int
  ) throws(SQLError) -> Operand {
    guard let overloads = OperatorCatalog.binary(name) else {
      throw Unsupported.error(OperatorCatalog.refusal(name), at: position)
    }
    var operands = [left, right]
    if name == "||", left.type == .text || right.type == .text || left.isUntyped || right.isUntyped
    {
      operands = [try coerced(left, to: .text), try coerced(right, to: .text)]
    }
    let types = operands.map(\.type)
    switch OverloadResolver.choose(types, among: overloads.map(\.parameters), isOperator: true) {
    case .one(let index):
      return try build(
        overloads[index], operands, named: "operator \(name)", at: position,
        start: min(left.position, position))
    case .none:
      throw SQLError(
        position: position,
        "operator does not exist: \(left.typeName) \(OperatorCatalog.shown(name)) "
          + "\(right.typeName); "
          + (name.hasPrefix("~~") ? "cast to text, CAST(… AS text)" : Self.castHelp(left, right)))
    case .ambiguous:
      throw SQLError(
        position: position,
        "operator is not unique: \(left.typeName) \(name) \(right.typeName); "
          + "give the constants a type, such as '…'::integer")
    }
  }

  private func prefix(
    _ name: String, _ operand: Operand, at position: Int
  ) throws(SQLError) -> Operand {
    guard let overloads = OperatorCatalog.prefix(name) else {
      throw Unsupported.error(OperatorCatalog.refusal(name), at: position)
    }
    let parameters = overloads.map(\.parameters)
    switch OverloadResolver.choose([operand.type], among: parameters, isOperator: true) {
    case .one(let index):
      return try build(
        overloads[index], [operand], named: "operator \(name)", at: position, start: position)
    case .ambiguous:
      throw SQLError(
        position: position,
        "operator is not unique: \(name) \(operand.typeName); give the constant a type, such as "
          + "'…'::integer")
    case .none:
      throw SQLError(
        position: position,
        "operator does not exist: \(name) \(operand.typeName); add a cast, such as "
          + "CAST(… AS double precision)")
    }
  }

  private static func castHelp(_ left: Operand, _ right: Operand) -> String {
    switch (left.type, right.type) {
    case (.text?, let other?) where other != .text:
      return "cast the text, CAST(… AS \(other.name))"
        + (right.isConstant ? ", or write the constant in quotes" : "")
    case (let other?, .text?) where other != .text:
      return "cast the text, CAST(… AS \(other.name))"
        + (left.isConstant ? ", or write the constant in quotes" : "")
    case (.date?, .bigint?), (.bigint?, .date?):
      return "dates take integer days, CAST(… AS integer)"
    case (.double?, _), (_, .double?): return "add a cast, such as CAST(… AS numeric)"
    default: return "add a cast, such as CAST(… AS \((right.type ?? left.type ?? .text).name))"
    }
  }

  /// A call of the chosen overload.
  ///
  /// - Parameters:
  ///   - named: the function's or operator's name, for errors.
  ///   - position: of the name or operator.
  ///   - start: of the whole.
  func build(
    _ signature: FunctionSignature, _ operands: [Operand], named name: String, at position: Int,
    start: Int
  ) throws(SQLError) -> Operand {
    if case .refused(let what, let help) = signature.meaning {
      throw Unsupported.error(what, at: position, help: help)
    }
    var arguments: [Expression] = []
    for (operand, type) in zip(operands, signature.parameters) {
      arguments.append(try coerce(operand, to: type))
    }
    let type = signature.result
    switch signature.meaning {
    case .identity: return Operand(arguments[0], at: start)
    case .function(let function, let defaults):
      if function == .overlaps {
        return Operand(try overlaps(arguments, at: position), at: start)
      }
      try checkConstants(function, operands, signature.parameters)
      arguments += defaults.map { .literal($0, type: .text) }
      return Operand(.call(function, arguments, type: type, position: position), at: start)
    case .reversed(let function):
      return Operand(
        .call(function, arguments.reversed(), type: type, position: position), at: start)
    case .dateTrunc: return try dateTrunc(arguments, type, operands[0], at: position)
    case .extract, .datePart:
      return try extract(arguments, type, operands[0], at: position)
    case .refused(let what, let help):
      throw Unsupported.error(what, at: position, help: help)
    }
  }
}

extension Operand {
  /// Whether this is a constant.
  var isConstant: Bool {
    if case .literal = expression { true } else { false }
  }
}
