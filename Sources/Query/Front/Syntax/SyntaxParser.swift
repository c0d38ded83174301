/// PostgreSQL's own parser: SQL text to parse tree.
enum SyntaxParser {
  /// Bytes of SQL text that are accepted.
  static let maxLength = 256 << 10

  /// Parses `sql` into its only statement.
  ///
  /// - Returns: the statement and the position it starts at.
  /// - Throws: ``SQLError`` for a syntax error, no statement or several, a text too long or
  ///   expressions nested too deep.
  static func parse(_ sql: String) throws(SQLError) -> (statement: SyntaxValue, position: Int) {
    let length = sql.utf8.count
    guard length <= maxLength else {
      throw SQLError(
        position: maxLength, "the SQL text has \(length) bytes; at most \(maxLength) are accepted")
    }
    if let zero = sql.utf8.firstIndex(of: 0) {
      throw SQLError(
        position: sql.utf8.distance(from: sql.utf8.startIndex, to: zero),
        "the SQL text holds a zero byte; take it out")
    }
    return try onlyStatement(of: try tree(of: sql), in: sql)
  }

  private static func onlyStatement(
    of tree: SyntaxValue, in sql: String
  ) throws(SQLError) -> (statement: SyntaxValue, position: Int) {
    guard case .object(let fields) = tree,
      case .list(let statements) = fields.first(where: { $0.name == "stmts" })?.value
    else { throw SQLError(position: nil, "the SQL parser's answer holds no list of statements") }
    guard let first = statements.first else {
      throw SQLError(position: 0, "there is no SQL statement; write SELECT … FROM input")
    }
    let raw = try SyntaxNode(kind: "RawStmt", first, near: 0)
    try raw.allow(["stmt", "stmt_location", "stmt_len"])
    if statements.count > 1 {
      let second = try SyntaxNode(kind: "RawStmt", statements[1], near: 0)
      throw SQLError(
        position: firstWord(in: sql, from: second.integer("stmt_location") ?? 0),
        "a stage has one SQL statement, this text has \(statements.count); "
          + "make a stage of each, or remove all but one")
    }
    guard let statement = raw.value("stmt") else {
      throw SQLError(position: 0, "the SQL parser's answer holds no statement")
    }
    return (statement, firstWord(in: sql, from: raw.integer("stmt_location") ?? 0))
  }

  private static func firstWord(in sql: String, from offset: Int) -> Int {
    let blank: (UInt8) -> Bool = { $0 <= 0x20 }
    return offset + sql.utf8.dropFirst(offset).prefix(while: blank).count
  }

  private static func tree(of sql: String) throws(SQLError) -> SyntaxValue {
    let job = SyntaxJob(sql)
    try SyntaxThread.shared.run(job)
    return try job.outcome.get()
  }
}
