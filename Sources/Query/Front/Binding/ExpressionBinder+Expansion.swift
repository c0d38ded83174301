import Columnar

extension ExpressionBinder {
  /// The set-returning functions: `string_to_table(…)` and `unnest(string_to_array(…))`.
  static let expansionFunctions: Set<String> = ["string_to_table", "unnest"]

  /// A set-returning function in the select list, GROUP BY or ORDER BY.
  mutating func bindExpansionCall(_ node: SyntaxNode) throws(SQLError) -> Operand {
    if isInAggregate {
      throw SQLError(
        position: node.position,
        "aggregate function calls cannot contain set-returning function calls; "
          + "\(Self.moveToFrom)")
    }
    guard clause.allowsExpansion else {
      throw SQLError(
        position: node.position,
        "set-returning functions are not allowed in \(clause.name); \(Self.moveToFrom)")
    }
    if let conditional {
      throw SQLError(
        position: node.position,
        "set-returning functions are not allowed in \(conditional); \(Self.moveToFrom)")
    }
    let found = try bindExpansion(node)
    if let expansion {
      guard !isExpansionNamed, expansion.kind == found.kind,
        isSame(expansion.argument, found.argument)
      else { throw Self.secondExpansion(at: node.position) }
    } else {
      expansion = found
    }
    return refer(
      to: Reference(target: .expansion, name: "the set", position: node.position))
  }

  /// The refusal of a second set-returning function.
  static func secondExpansion(at position: Int) -> SQLError {
    Unsupported.error(
      "a second set-returning function is", at: position, help: "make a stage of each")
  }

  /// A call of a set-returning function.
  mutating func bindExpansion(_ node: SyntaxNode) throws(SQLError) -> Expansion {
    try node.allow(["funcname", "args", "funcformat"])
    let call = try splitCall(node)
    let operands = try bindAll("args", of: call)
    let shown = Self.shown(try functionName(call), operands)
    guard operands.count == 2, operands.allSatisfy({ $0.isUntyped || $0.type == .text }) else {
      throw SQLError(
        position: call.position,
        "function \(shown) is not supported; it takes a text and a constant delimiter")
    }
    guard case .literal(.text(let delimiter), _) = operands[1].expression else {
      throw SQLError(
        position: operands[1].position, "the delimiter must be a text constant, such as ' '")
    }
    let argument = try coerce(operands[0], to: .text)
    if mentions(argument, where: { $0 == .expansion }) {
      throw Self.secondExpansion(at: node.position)
    }
    let hasAggregate = mentions(argument) { $0.isOfManyRows }
    if hasAggregate {
      throw Unsupported.error(
        "a set-returning function over an aggregate is", at: node.position,
        help: "make a stage of each")
    }
    return Expansion(kind: .split(delimiter: delimiter), argument: argument)
  }

  /// The call that takes the text apart: `node` itself, or the `string_to_array` in its `unnest`.
  private func splitCall(_ node: SyntaxNode) throws(SQLError) -> SyntaxNode {
    guard try functionName(node) == "unnest" else { return node }
    let arguments = try node.nodes("args")
    guard arguments.count == 1, arguments[0].kind == "FuncCall",
      try functionName(arguments[0]) == "string_to_array"
    else {
      throw Unsupported.error(
        "unnest of anything but string_to_array(text, delimiter) is", at: node.position)
    }
    try arguments[0].allow(["funcname", "args", "funcformat"])
    return arguments[0]
  }

  private static var moveToFrom: String {
    "put it into FROM: FROM input, string_to_table(text, ' ') AS word"
  }
}
