/// A file of SQL tests in the format of sqllogictest
/// (https://www.sqlite.org/sqllogictest/doc/trunk/about.wiki).
///
/// Beyond that format, as newer test suites have it, `statement error` and `query error` may be
/// followed by words of the message, and a row of several values may stand on one line with tabs
/// between them.
package struct LogicFile: Sendable {
  /// The lines of the file.
  package private(set) var lines: [String]
  package private(set) var records: [LogicRecord] = []

  private var next = 0

  /// Reads a file's text.
  package init(_ text: String) throws(LogicFileError) {
    // By scalars: the two of a line end in Windows' manner are one character.
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0.last == "\r" ? $0.dropLast() : $0)
    }
    var conditions: [LogicRecord.Condition] = []
    while next < lines.count {
      let start = next
      let words = lines[start].split(whereSeparator: \.isWhitespace).map(String.init)
      next += 1
      guard let first = words.first, !first.hasPrefix("#") else { continue }
      switch (first, words.count) {
      case ("halt", 1): return
      case ("skipif", 2...), ("onlyif", 2...):
        conditions.append(LogicRecord.Condition(isSkip: first == "skipif", system: words[1]))
        continue
      case ("hash-threshold", 2):
        guard let threshold = Int(words[1]) else { throw mistake(start, "no number") }
        add(.hashThreshold(threshold), "", conditions, start)
      case ("statement", 2...): try readStatement(words, conditions, start)
      case ("query", 2...): try readQuery(words, conditions, start)
      default: throw mistake(start, "unknown record: \(lines[start])")
      }
      conditions = []
    }
  }

  private mutating func readStatement(
    _ words: [String], _ conditions: [LogicRecord.Condition], _ start: Int
  ) throws(LogicFileError) {
    let sql = readSQL()
    switch words[1] {
    case "ok": add(.statement, sql, conditions, start)
    case "error":
      add(.failure(message: words.dropFirst(2).joined(separator: " ")), sql, conditions, start)
    default: throw mistake(start, "a statement is ok or error")
    }
  }

  private mutating func readQuery(
    _ words: [String], _ conditions: [LogicRecord.Condition], _ start: Int
  ) throws(LogicFileError) {
    let sql = readSQL()
    if words[1] == "error" {
      add(.failure(message: words.dropFirst(2).joined(separator: " ")), sql, conditions, start)
      return
    }
    let types = Array(words[1])
    guard types.allSatisfy({ "IRT".contains($0) }) else {
      throw mistake(start, "the types of a query are letters of I, R and T")
    }
    guard let sort = LogicRecord.Sort(rawValue: words.count > 2 ? words[2] : "nosort") else {
      throw mistake(start, "a query is sorted by nosort, rowsort or valuesort")
    }
    guard next > 0, next <= lines.count, lines[next - 1] == "----" else {
      throw mistake(start, "a query ends with ---- and what it gives")
    }
    let first = next
    while next < lines.count, !lines[next].isEmpty { next += 1 }
    add(
      .query(types: types, sort: sort, expected: Array(lines[first..<next])), sql, conditions,
      start, expected: first..<next)
  }

  /// The lines up to an empty one or `----`, which is passed over.
  private mutating func readSQL() -> String {
    var sql: [String] = []
    while next < lines.count, !lines[next].isEmpty {
      next += 1
      if lines[next - 1] == "----" { break }
      sql.append(lines[next - 1])
    }
    return sql.joined(separator: "\n")
  }

  private mutating func add(
    _ kind: LogicRecord.Kind, _ sql: String, _ conditions: [LogicRecord.Condition], _ start: Int,
    expected: Range<Int> = 0..<0
  ) {
    records.append(
      LogicRecord(
        line: start + 1, conditions: conditions, sql: sql, kind: kind, expectedLines: expected))
  }

  private func mistake(_ line: Int, _ message: String) -> LogicFileError {
    LogicFileError(line: line + 1, message: message)
  }
}
