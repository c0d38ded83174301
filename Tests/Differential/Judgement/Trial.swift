import SQLLogic

/// A query with what it is run over: all that a difference is reproduced from.
struct Trial {
  var table: QueryTable
  var query: RandomQuery
  /// Into how many partitions the table is cut.
  var partitions: Int
  /// Whether the table is read as JSON Lines instead of CSV.
  var readsJSON: Bool

  /// What Millrace gives.
  func answer() -> Result<QueryAnswer, QueryFailure> {
    let run = QueryRun(table: table, partitions: partitions, readsJSON: readsJSON)
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
    RandomTable.statements(table, named: "input") + query.sql + ";"
  }
}
