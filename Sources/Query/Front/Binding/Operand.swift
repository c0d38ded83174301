import Columnar

/// A bound expression on its way into a larger one.
///
/// Its columns' slots are indexes into ``ExpressionBinder/references`` until the plan is assembled.
struct Operand: Sendable {
  var expression: Expression
  /// Whether this is a quoted constant or NULL whose type its surroundings decide.
  var isUntyped: Bool
  /// Byte offset of its first character in the SQL text.
  var position: Int

  /// An expression of known type.
  init(_ expression: Expression, at position: Int) {
    self.expression = expression
    self.position = position
    isUntyped = false
  }

  /// A quoted constant, or NULL.
  init(untyped text: String?, at position: Int) {
    expression = .literal(text.map { .text($0) } ?? .null, type: .text)
    isUntyped = true
    self.position = position
  }

  /// The type, or `nil` where it is still open.
  var type: ColumnType? { isUntyped ? nil : expression.type }

  /// The type's name for errors.
  var typeName: String { type?.name ?? "unknown" }
}
