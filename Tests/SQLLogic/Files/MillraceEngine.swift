/// Runs SQL tests with Millrace: tables are sources, and a query reads the one that it names in FROM
/// as `input`.
package final class MillraceEngine: LogicEngine {
  package let systems: Set<String> = ["millrace", "postgresql"]

  private let partitions: Int
  private let readsJSON: Bool
  private var tables: [String: QueryTable] = [:]

  /// - Parameters:
  ///   - partitions: into how many partitions tables are cut.
  ///   - readsJSON: whether they are read as JSON Lines instead of CSV.
  package init(partitions: Int, readsJSON: Bool) {
    self.partitions = partitions
    self.readsJSON = readsJSON
  }

  package func execute(_ sql: String) throws(QueryFailure) {
    var reader = StatementReader(sql)
    try reader.carryOut(on: &tables)
  }

  package func answer(to sql: String) throws(QueryFailure) -> QueryAnswer {
    let (name, query) = readingInput(sql)
    let table = name.flatMap { tables[$0] } ?? QueryTable(columns: [])
    return try QueryRun(table: table, partitions: partitions, readsJSON: readsJSON)
      .answer(to: query)
  }

  /// The first table that the query reads, and the query with `input` in its place, which goes by the
  /// table's name there.
  private func readingInput(_ sql: String) -> (table: String?, sql: String) {
    let tokens = SQLTokens(sql).tokens
    var result = Array(sql.utf8)
    var first: String?
    for index in tokens.indices.reversed().dropLast()
    where tokens[index].isName && tables[tokens[index].value] != nil
      && tokens[index - 1].isWord("from", "join")
    {
      let follower = index + 1 < tokens.count ? tokens[index + 1] : nil
      let hasAlias = follower.map { $0.isName && !Self.clauses.contains($0.value) } ?? false
      let range = tokens[index].range
      let written =
        hasAlias ? "input" : "input AS " + String(decoding: result[range], as: UTF8.self)
      result.replaceSubrange(range, with: written.utf8)
      first = tokens[index].value
    }
    return (first, String(decoding: result, as: UTF8.self))
  }

  /// Words that may follow a table and are no alias of it.
  private static let clauses: Set<String> = [
    "where", "group", "having", "order", "limit", "offset", "fetch", "cross", "join", "left",
    "right", "full", "inner", "natural", "union", "intersect", "except", "window", "for", "on",
    "using", "tablesample",
  ]
}
