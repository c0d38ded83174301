import Columnar
import Formats
import Query
import Testing

/// An expression and PostgreSQL 15's value of it as text, or `error: ` and the beginning of its
/// error.
struct TimeExample: CustomTestStringConvertible, Sendable {
  var expression: String
  var expected: String

  var testDescription: String { expression }

  /// Reads lines of an expression, an arrow and the expected text.
  static func read(_ lines: String) -> [TimeExample] {
    lines.split(separator: "\n").map { line in
      let parts = line.split(separator: " → ", maxSplits: 1, omittingEmptySubsequences: false)
      return TimeExample(expression: String(parts[0]), expected: String(parts[1]))
    }
  }

  /// What the expression gives here; `<NULL>` for NULL.
  var actual: String {
    do {
      let run = QueryRun(
        sql: "SELECT coalesce((\(expression))::text, '<NULL>') FROM input",
        input: InputFormat(.text),
        schema: InputSchema(columns: [InputColumn(name: "line", type: .text)]),
        output: .text)
      return String(try run.output(["x\n"]).dropLast())
    } catch {
      return "error: \(error)"
    }
  }

  /// Whether the value is the expected one; an error may say more.
  var holds: Bool {
    let actual = actual
    guard expected.hasPrefix("error: ") else { return actual == expected }
    return actual.hasPrefix("error: ") && actual.contains(expected.dropFirst(7))
  }
}
