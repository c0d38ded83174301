import Columnar
import Formats
import Operators
import Query

/// Expressions and their values, which were compared with PostgreSQL's.
enum DialectExamples {
  private static let schema = InputSchema(columns: [
    InputColumn(name: "i", type: .integer), InputColumn(name: "b", type: .bigint),
    InputColumn(name: "n", type: .numeric), InputColumn(name: "d", type: .double),
    InputColumn(name: "t", type: .text), InputColumn(name: "p", type: .text),
  ])
  private static let row = "5,7000000000,12.50,2.5,foobarbaz,b(..)\n"

  /// The value of `expression` for one row as text, `NULL` for NULL; or `error: ` and why there is
  /// none.
  static func value(_ expression: String) -> String {
    let query = QueryRun(
      sql: "SELECT coalesce(CAST((\(expression)) AS text), 'NULL') AS x FROM input",
      schema: schema, output: .text)
    do {
      var text = try query.output([row])
      if text.last == "\n" { text.removeLast() }
      return text
    } catch {
      return "error: \((error as? SQLError)?.message ?? "\(error)")"
    }
  }
}
