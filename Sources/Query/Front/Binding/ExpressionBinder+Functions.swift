import Columnar

extension ExpressionBinder {
  mutating func bindCall(_ node: SyntaxNode) throws(SQLError) -> Operand {
    let name = try functionName(node)
    if node.value("over") != nil { return try bindWindow(node, name) }
    try node.allow([
      "funcname", "args", "agg_star", "agg_distinct", "agg_order", "agg_within_group", "agg_filter",
      "funcformat",
    ])
    if let aggregate = AggregateCatalog.aggregate(named: name) {
      return try bindAggregate(aggregate, name, node)
    }
    if let reason = RefusedFunctions.reason(for: name), name != "unnest" {
      throw SQLError(position: node.position, reason)
    }
    if Self.isFunction(name) { try refuseAggregateParts(name, node) }
    if Self.expansionFunctions.contains(name) { return try bindExpansionCall(node) }
    let operands = try bindArguments(of: name, node)
    switch name {
    case "concat": return try concat(operands, .concat, name, at: node.position)
    case "concat_ws": return try concat(operands, .concatWithSeparator, name, at: node.position)
    default: return try call(name, operands, at: node.position)
    }
  }

  func functionName(_ node: SyntaxNode) throws(SQLError) -> String {
    let names = try node.names("funcname")
    guard let name = names.last, names.count == 1 || (names.count == 2 && names[0] == "pg_catalog")
    else {
      throw Unsupported.error("a function of a schema is", at: node.position)
    }
    return name
  }

  /// Whether something that is no aggregate can be called by this name.
  private static func isFunction(_ name: String) -> Bool {
    FunctionCatalog.names.contains(name) || Self.expansionFunctions.contains(name)
      || TypeName.type(named: name) != nil
  }

  private func refuseAggregateParts(_ name: String, _ node: SyntaxNode) throws(SQLError) {
    let part =
      if node.flag("agg_star") {
        "\(name)(*)"
      } else if node.flag("agg_distinct") {
        "DISTINCT"
      } else if node.flag("agg_within_group") {
        "WITHIN GROUP"
      } else if !node.items("agg_order").isEmpty {
        "ORDER BY"
      } else if node.value("agg_filter") != nil {
        "FILTER"
      } else {
        ""
      }
    guard part.isEmpty else {
      throw SQLError(
        position: node.position, "\(part) specified, but \(name) is not an aggregate function")
    }
  }

  private func call(
    _ name: String, _ operands: [Operand], at position: Int
  ) throws(SQLError) -> Operand {
    guard let all = FunctionCatalog.overloads(of: name) else {
      if operands.count == 1, let type = TypeName.type(named: name) {
        return try cast(operands[0], to: type, at: position)
      }
      throw unknownFunction(name, operands, at: position)
    }
    let overloads = all.filter { $0.parameters.count == operands.count }
    let choice = OverloadResolver.choose(
      operands.map(\.type), among: overloads.map(\.parameters), isOperator: false)
    switch choice {
    case .one(let index):
      return try build(
        overloads[index], operands, named: name, at: position, start: position)
    case .none:
      throw SQLError(
        position: position,
        "function \(Self.shown(name, operands)) does not exist; \(Self.help(name, all, operands))")
    case .ambiguous: throw notUnique(name, operands, at: position)
    }
  }

  private func notUnique(_ name: String, _ operands: [Operand], at position: Int) -> SQLError {
    SQLError(
      position: position,
      "function \(Self.shown(name, operands)) is not unique; "
        + "give the constants a type, such as '…'::date")
  }

  private func unknownFunction(
    _ name: String, _ operands: [Operand], at position: Int
  ) -> SQLError {
    let names = FunctionCatalog.names + AggregateCatalog.names
    let help =
      Suggestion.nearest(to: name, in: names).map { "did you mean \($0)?" }
      ?? "see the documentation for the functions there are"
    return SQLError(
      position: position, "function \(Self.shown(name, operands)) does not exist; \(help)")
  }

  /// The call as errors show it, with the arguments' types.
  static func shown(_ name: String, _ operands: [Operand]) -> String {
    "\(name)(\(operands.map(\.typeName).joined(separator: ", ")))"
  }

  private static func help(
    _ name: String, _ overloads: [FunctionSignature], _ operands: [Operand]
  ) -> String {
    if name == "round" || name == "trunc", operands.count == 2, operands[0].type == .double {
      return "round to digits in numeric: \(name)(CAST(… AS numeric), …)"
    }
    let there = overloads.map { signature in
      "\(name)(\(signature.parameters.map(\.name).joined(separator: ", ")))"
    }
    return "there is \(there.joined(separator: ", ")); add a cast where one fits"
  }

  /// `concat` and `concat_ws`, which take values of any type as their text.
  private func concat(
    _ operands: [Operand], _ function: Function, _ name: String, at position: Int
  ) throws(SQLError) -> Operand {
    let isTyped = function == .concat || operands.first.map { $0.type ?? .text } == .text
    guard isTyped, operands.count >= (function == .concat ? 1 : 2) else {
      throw SQLError(
        position: position,
        "function \(Self.shown(name, operands)) does not exist; "
          + "it takes \(function == .concat ? "one value" : "a text separator and one value") or more"
      )
    }
    var texts: [Expression] = []
    for operand in operands {
      texts.append(
        operand.type == .boolean
          ? Self.letter(operand.expression) : try coerce(operand, to: .text))
    }
    return Operand(.call(function, texts, type: .text, position: position), at: position)
  }

  /// A boolean as these functions write it, which a cast to text does not: t or f.
  private static func letter(_ value: Expression) -> Expression {
    .caseWhen(
      [
        CaseBranch(condition: value, result: .literal(.text("t"), type: .text)),
        CaseBranch(condition: .not(value), result: .literal(.text("f"), type: .text)),
      ], otherwise: nil, type: .text)
  }
}
