extension SQLError {
  /// Levels that expressions may be nested.
  static let maxExpressionDepth = 200
  /// Parts that expressions may have once `BETWEEN`, `IN` and `CASE` are written out.
  static let maxExpressionParts = 200_000

  /// Expressions are nested deeper than ``maxExpressionDepth``.
  static func nestedTooDeep(at position: Int?) -> SQLError {
    SQLError(
      position: position,
      "the expression is nested more than \(maxExpressionDepth) levels deep; "
        + "use parentheses to make it flatter, or split it over two stages")
  }
}
