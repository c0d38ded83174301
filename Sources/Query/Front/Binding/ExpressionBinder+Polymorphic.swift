import Columnar

extension ExpressionBinder {
  /// Functions that take values of any type, and the set-returning ones.
  static let polymorphic: Set<String> = expansionFunctions.union([
    "concat", "concat_ws", "format", "quote_literal", "quote_nullable", "num_nulls", "num_nonnulls",
  ]).subtracting(["unnest"])

  /// `quote_literal` and `quote_nullable`, which take a value as its text.
  func quote(
    _ operands: [Operand], _ name: String, at position: Int
  ) throws(SQLError) -> Operand {
    guard operands.count == 1 else {
      throw SQLError(
        position: position,
        "function \(Self.shown(name, operands)) does not exist; it takes one value")
    }
    let function = name == "quote_literal" ? Function.quoteLiteral : .quoteNullable
    return Operand(
      .call(
        function, [try coerce(operands[0], to: .text)], type: .text, position: position),
      at: position)
  }

  /// `num_nulls` and `num_nonnulls`.
  func nullCount(
    _ operands: [Operand], _ function: Function, at position: Int
  ) throws(SQLError) -> Operand {
    guard !operands.isEmpty else {
      throw SQLError(
        position: position,
        "function \(function.rawValue)() does not exist; it takes one value or more")
    }
    return Operand(
      .call(function, operands.map(\.expression), type: .integer, position: position),
      at: position)
  }
}
