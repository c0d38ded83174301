import Columnar

// Arrays stand only where they are taken apart at once: behind ANY and ALL.
extension ExpressionBinder {
  /// `value operator ANY (array)` or `ALL`: the comparison with every element, joined by OR or AND.
  mutating func bindQuantified(
    _ name: String, _ node: SyntaxNode, isAll: Bool
  ) throws(SQLError) -> Operand {
    let value = try bind("lexpr", of: node)
    guard let right = try node.node("rexpr") else {
      throw SQLError(position: node.position, "the SQL parser's ANY has no array")
    }
    guard let elements = try arrayElements(right, type: value.type ?? .text) else {
      return Operand(.literal(.null, type: .boolean), at: value.position)
    }
    if !isAll, name == "=", !elements.isEmpty {
      return Operand(try oneOf(value, elements, by: "=", at: node.position), at: value.position)
    }
    if isAll, name == "<>", !elements.isEmpty {
      return Operand(
        .not(try oneOf(value, elements, by: "<>", at: node.position)), at: value.position)
    }
    var tests: [Expression] = []
    for element in elements {
      let test = try negatable(name, value, element, at: node.position)
      guard test.expression.type == .boolean else {
        throw SQLError(
          position: node.position, "op ANY/ALL (array) requires operator to yield boolean")
      }
      tests.append(test.expression)
    }
    try copy(value, times: max(tests.count - 1, 0))
    let result: Expression =
      switch tests.count {
      case 0: .literal(.boolean(isAll), type: .boolean)
      case 1: tests[0]
      default: isAll ? .and(tests) : .or(tests)
      }
    return Operand(result, at: value.position)
  }

  /// The elements of an array that is written out; `nil` for NULL.
  ///
  /// - Parameter type: of the elements of a quoted constant whose type nothing else says.
  private mutating func arrayElements(
    _ node: SyntaxNode, type: ColumnType
  ) throws(SQLError) -> [Operand]? {
    switch node.kind {
    case "A_ArrayExpr":
      try node.allow(["elements"])
      var elements: [Operand] = []
      for element in try node.nodes("elements") {
        guard element.kind != "A_ArrayExpr" else {
          throw Unsupported.error("an array of arrays is", at: element.position)
        }
        elements.append(try bind(element))
      }
      let position = node.position
      let (expressions, _) = try unify(elements, for: "ARRAY")
      return expressions.enumerated().map {
        Operand($1, at: $0 < elements.count ? elements[$0].position : position)
      }
    case "TypeCast":
      try node.allow(["arg", "typeName"])
      guard let name = node.value("typeName"), let inner = try node.node("arg") else {
        throw Unsupported.node(node)
      }
      let element = try TypeName.bindArray(
        SyntaxNode(kind: "TypeName", name, near: node.position))
      guard let found = try arrayElements(inner, type: element) else { return nil }
      var elements: [Operand] = []
      for operand in found { elements.append(try cast(operand, to: element, at: node.position)) }
      return elements
    case "A_Const":
      let constant = try bindConstant(node)
      guard constant.isUntyped else { break }
      guard case .literal(.text(let text), _) = constant.expression else { return nil }
      guard let texts = ArrayText.elements(text) else {
        throw SQLError(
          position: node.position,
          "malformed array literal: \"\(Self.shortened(text))\"; write '{a,b}' or ARRAY['a', 'b']")
      }
      var elements: [Operand] = []
      for text in texts {
        elements.append(
          try coerced(Operand(untyped: text, at: node.position), to: type))
      }
      return elements
    case "SubLink": throw Unsupported.node(node)
    default: break
    }
    throw Unsupported.error(
      "ANY or ALL of anything but an array that is written out is", at: node.position,
      help: "write ARRAY[…], '{…}' or IN (…)")
  }
}
