import SQLLogic

/// A query with what it is run over: all that a difference is reproduced from.
struct Trial {
  var tables: RandomTables
  var query: RandomQuery
  /// Into how many partitions the input is cut.
  var partitions: Int
  /// Whether the input is read as JSON Lines instead of CSV.
  var readsJSON: Bool

  /// What Millrace gives.
  func answer() -> Result<QueryAnswer, QueryFailure> {
    var others = tables.tables
    let input = others.removeValue(forKey: RandomTables.input) ?? QueryTable(columns: [])
    let run = QueryRun(
      table: input, others: others, partitions: partitions, readsJSON: readsJSON)
    do throws(QueryFailure) {
      return .success(try run.answer(to: query.sql))
    } catch {
      return .failure(error)
    }
  }

  /// The same over the whole table at once.
  var inOnePartition: Trial {
    var trial = self
    trial.partitions = 1
    return trial
  }

  /// Statements for PostgreSQL that show its answer.
  var reproduction: String {
    let used = tables.tables.keys.sorted().filter { query.sql.contains($0) }
    return used.map { tables.statements($0) }.joined() + query.sql + ";"
  }
}
