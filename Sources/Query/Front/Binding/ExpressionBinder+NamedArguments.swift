import Columnar

extension ExpressionBinder {
  /// The arguments of a call of `name` in the order of its parameters, with those that PostgreSQL
  /// has defaults for.
  mutating func bindArguments(
    of name: String, _ node: SyntaxNode
  ) throws(SQLError) -> [Operand] {
    guard let parameters = FunctionCatalog.parameterNames(of: name) else {
      return try bindAll("args", of: node)
    }
    var operands: [Operand?] = []
    for argument in try node.nodes("args") {
      guard argument.kind == "NamedArgExpr" else {
        operands.append(try bind(argument))
        continue
      }
      try argument.allow(["arg", "name", "argnumber"])
      let label = argument.string("name") ?? ""
      guard let index = parameters.firstIndex(of: label) else {
        throw SQLError(
          position: argument.position,
          "\(name) has no parameter \(label); there are \(parameters.joined(separator: ", "))")
      }
      while operands.count <= index { operands.append(nil) }
      guard operands[index] == nil else {
        throw SQLError(
          position: argument.position, "argument name \"\(label)\" used more than once")
      }
      operands[index] = try bind("arg", of: argument)
    }
    if name == "make_interval" {
      while operands.count < parameters.count { operands.append(nil) }
      let zero = Operand(.literal(.integer(0), type: .integer), at: node.position)
      return operands.map { $0 ?? zero }
    }
    guard let missing = operands.firstIndex(where: { $0 == nil }) else {
      return operands.compactMap { $0 }
    }
    throw SQLError(
      position: node.position, "\(name) needs a value for its parameter \(parameters[missing])")
  }
}
