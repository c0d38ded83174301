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
      schema: schema, output: .jsonLines)
    do {
      return unquoted(try query.output([row]))
    } catch {
      return "error: \((error as? SQLError)?.message ?? "\(error)")"
    }
  }

  /// The text in `{"x":"…"}`, whose escapes are undone as far as the examples have any.
  private static func unquoted(_ line: String) -> String {
    var text = line.drop { $0 != ":" }.dropFirst(2)
    while text.last == "\n" || text.last == "}" || text.last == "\r" { text.removeLast() }
    var result = ""
    var isEscaped = false
    for character in text.dropLast() {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
