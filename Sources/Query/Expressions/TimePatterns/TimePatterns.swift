import Columnar

/// The pattern argument, the second, of a call: taken apart once when it is a constant.
struct TimePatterns {
  private let constant: TimePattern?
  private let use: TimePattern.Use

  /// - Throws: ``SQLError`` for a constant with an element that there is not.
  init(_ node: ExpressionNode, _ use: TimePattern.Use) throws(SQLError) {
    self.use = use
    guard let node = node as? ConstantNode, !node.isNull else {
      constant = nil
      return
    }
    let pattern = TimePattern(node.value(as: StringView.self))
    if let refusal = pattern.refusal(for: use) { throw SQLError(position: nil, refusal) }
    constant = pattern
  }

  /// The pattern in `row`.
  func pattern(_ call: KernelCall, _ row: Int) throws(EvaluationError) -> TimePattern {
    if let constant { return constant }
    let pattern = TimePattern(call.values(1, StringView.self)[row])
    if let refusal = pattern.refusal(for: use) { throw EvaluationError(row: row, refusal) }
    return pattern
  }
}
