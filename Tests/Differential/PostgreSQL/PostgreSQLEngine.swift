import SQLLogic

/// Runs SQL tests with PostgreSQL.
final class PostgreSQLEngine: LogicEngine {
  let systems: Set<String> = ["postgresql"]

  private let connection: PostgreSQLConnection

  /// An engine without tables.
  init(_ connection: PostgreSQLConnection) throws {
    self.connection = connection
    try connection.execute("DROP SCHEMA IF EXISTS test CASCADE; CREATE SCHEMA test")
    try connection.execute("SET search_path TO test")
  }

  func execute(_ sql: String) throws(QueryFailure) { _ = try answer(to: sql) }

  func answer(to sql: String) throws(QueryFailure) -> QueryAnswer {
    let result: Result<QueryAnswer, QueryFailure>
    do {
      result = try connection.run(sql)
    } catch {
      throw QueryFailure(isRefusal: true, message: "\(error)")
    }
    return try result.get()
  }
}
