package import Formats

extension QueryPlan {
  /// Parses, binds and types one query over `input` and `tables`.
  ///
  /// The dialect is PostgreSQL's; the plan depends on the arguments alone. At most 256 KiB of text.
  ///
  /// - Throws: ``SQLError`` with the position of what is wrong or not supported.
  package init(
    sql: String, schema: InputSchema, tables: [TableReference] = []
  ) throws(SQLError) {
    let (statement, position) = try SyntaxParser.parse(sql)
    let node = try SyntaxNode(statement, near: position)
    guard node.kind == "SelectStmt" else {
      throw Unsupported.statement(node.kind, at: position)
    }
    var binder = QueryBinder(
      context: QueryContext(source: Array(sql.utf8), schema: schema, tables: tables))
    self.init(root: try binder.bind(node).relation)
    guard !scans.isEmpty else {
      throw SQLError(
        position: position, "the query does not read the input; write FROM input")
    }
  }
}
