import CPgQuery

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// PostgreSQL's own parser: SQL text to parse tree.
enum SyntaxParser {
  /// Bytes of SQL text that are accepted.
  static let maxLength = 256 << 10
  /// Stack of the parser's thread, in bytes.
  ///
  /// libpg_query writes its tree with a recursion of about 160 bytes a level, and a text of
  /// ``maxLength`` makes at most a level for every two bytes: 20 MiB. Only what is used is ever
  /// backed by memory.
  private static let stackSize = 64 << 20

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

  /// Runs the parser on a thread of its own, whose stack is known whoever calls.
  private static func tree(of sql: String) throws(SQLError) -> SyntaxValue {
    let job = SyntaxJob(sql)
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { throw noThread(ENOMEM) }
    defer { pthread_attr_destroy(&attributes) }
    let sized = pthread_attr_setstacksize(&attributes, stackSize)
    guard sized == 0 else { throw noThread(sized) }
    #if canImport(Glibc)
    var thread = pthread_t()
    #else
    var thread: pthread_t?
    #endif
    let argument = Unmanaged.passRetained(job)
    let created = pthread_create(&thread, &attributes, syntaxThread, argument.toOpaque())
    guard created == 0 else {
      argument.release()
      throw noThread(created)
    }
    #if canImport(Glibc)
    let joined = pthread_join(thread, nil)
    #else
    let joined = thread.map { pthread_join($0, nil) } ?? ESRCH
    #endif
    precondition(joined == 0, "the SQL parser's thread cannot be joined: error \(joined)")
    return try job.outcome.get()
  }

  private static func noThread(_ code: Int32) -> SQLError {
    SQLError(
      position: nil,
      "cannot start the SQL parser's thread: \(String(cString: strerror(code))); "
        + "raise the limit on memory or threads (ulimit -v, ulimit -u)")
  }
}

#if canImport(Glibc)
private func syntaxThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  runSyntaxJob(argument)
}
#else
private func syntaxThread(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
  runSyntaxJob(argument)
}
#endif

private func runSyntaxJob(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { preconditionFailure("the SQL parser's thread was given no job") }
  Unmanaged<SyntaxJob>.fromOpaque(argument).takeRetainedValue().run()
  return nil
}
