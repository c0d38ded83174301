package import Formats

extension SelectPlan {
  /// Parses, binds and types one SELECT over `input`.
  ///
  /// The dialect is PostgreSQL's; the plan depends on the arguments alone. At most 256 KiB of text.
  ///
  /// - Throws: ``SQLError`` with the position of what is wrong or not supported.
  package init(sql: String, schema: InputSchema) throws(SQLError) {
    let (statement, position) = try SyntaxParser.parse(sql)
    let node = try SyntaxNode(statement, near: position)
    guard node.kind == "SelectStmt" else {
      throw Unsupported.statement(node.kind, at: position)
    }
    var binder = SelectBinder(source: Array(sql.utf8), schema: schema)
    self = try binder.bind(node)
  }
}
