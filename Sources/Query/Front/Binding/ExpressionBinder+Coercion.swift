import Columnar

extension ExpressionBinder {
  /// The operand as a value of `type`, which it must be possible to convert to.
  func coerce(_ operand: Operand, to type: ColumnType) throws(SQLError) -> Expression {
    guard case .literal(let literal, let from) = operand.expression else {
      return operand.expression.type == type
        ? operand.expression
        : .cast(operand.expression, to: type, position: operand.position)
    }
    if let converted = literal.converted(from: from, to: type) {
      return .literal(converted, type: type)
    }
    if operand.isUntyped, case .text(let text) = literal {
      if type == .interval {
        let value = try interval(text, IntervalLimit(), at: operand.position)
        return .literal(.interval(value), type: .interval)
      }
      guard !Kernels.isDayOutOfRange(text, type) else {
        throw SQLError(
          position: operand.position,
          "date/time field value out of range: \"\(Self.shortened(text))\"; there is no such day")
      }
      throw SQLError(
        position: operand.position,
        "invalid input syntax for type \(type.name): \"\(Self.shortened(text))\"; "
          + "write \(Literal.example(of: type))")
    }
    return .cast(operand.expression, to: type, position: operand.position)
  }

  /// As ``coerce(_:to:)``, as an operand.
  func coerced(_ operand: Operand, to type: ColumnType) throws(SQLError) -> Operand {
    Operand(try coerce(operand, to: type), at: operand.position)
  }

  /// The operand as a condition of `place`, such as WHERE.
  func condition(_ operand: Operand, of place: String) throws(SQLError) -> Expression {
    guard operand.isUntyped || operand.expression.type == .boolean else {
      throw SQLError(
        position: operand.position,
        "argument of \(place) must be type boolean, not type \(operand.typeName); "
          + "compare it with something, such as … <> 0 or … IS NOT NULL")
    }
    return try coerce(operand, to: .boolean)
  }

  /// The operands as values of one type.
  func unify(_ operands: [Operand], for construct: String) throws(SQLError) -> (
    expressions: [Expression], type: ColumnType
  ) {
    let typed = operands.filter { !$0.isUntyped }
    switch TypeRules.common(typed.map(\.expression.type)) {
    case .type(let type):
      var expressions: [Expression] = []
      for operand in operands { expressions.append(try coerce(operand, to: type)) }
      return (expressions, type)
    case .mismatch(let index, let type):
      throw SQLError(
        position: typed[index].position,
        "\(construct) types \(type.name) and \(typed[index].typeName) cannot be matched; "
          + "add a cast, such as CAST(… AS \(type.name))")
    }
  }

  /// Text for an error, cut where it is long.
  static func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 60 ? text : String(text.prefix(57)) + "…"
  }
}
