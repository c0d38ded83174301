extension SelectBinder {
  /// Reads LIMIT and OFFSET.
  func bindLimit(_ select: SyntaxNode) throws(SQLError) -> (offset: Int64, limit: Int64?) {
    let offset = try count("limitOffset", "OFFSET", of: select)
    return (offset ?? 0, try count("limitCount", "LIMIT", of: select))
  }

  /// A number of rows, or `nil` for NULL and where there is none.
  private func count(
    _ field: String, _ name: String, of select: SyntaxNode
  ) throws(SQLError) -> Int64? {
    guard let node = try select.node(field) else { return nil }
    if node.kind == "A_Const", node.flag("isnull") { return nil }
    guard node.kind == "A_Const", let number = number(node) else {
      throw SQLError(
        position: node.position, "\(name) must be a constant whole number, such as 10")
    }
    guard number >= 0 else {
      throw SQLError(position: node.position, "\(name) must not be negative")
    }
    return number
  }

  private func number(_ node: SyntaxNode) -> Int64? {
    if node.value("ival") != nil { return expressions.integer(of: node) }
    guard case .object(let fields) = node.value("fval"),
      case .string(let text) = fields.first?.value
    else { return nil }
    return Int64(text)
  }
}
