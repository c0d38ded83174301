import Columnar
import Formats
import Operators
import Testing

@testable import Query

@Suite("regexp_split_to_table makes rows of the pieces between matches")
struct RegexSplitTests {
  private let schema = InputSchema(columns: [InputColumn(name: "t", type: .text)])

  private func pieces(_ call: String, _ rows: [String]) throws -> [String] {
    let query = QueryRun(
      sql: "SELECT '<' || w || '>' AS w FROM input, \(call) AS w", schema: schema)
    let text = rows.map { "\"\($0)\"\n" }.joined()
    return try query.output([text]).split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix("<") }
  }

  @Test("As PostgreSQL splits")
  func splits() throws {
    #expect(
      try pieces("regexp_split_to_table(t, '\\s+')", ["the quick  fox", "jumps"])
        == ["<the>", "<quick>", "<fox>", "<jumps>"])
    #expect(try pieces("regexp_split_to_table(t, '')", ["abc"]) == ["<a>", "<b>", "<c>"])
    #expect(
      try pieces("regexp_split_to_table(t, 'x*')", ["axxb"]) == ["<a>", "<b>"])
    #expect(
      try pieces("regexp_split_to_table(t, ',')", [",a,"]) == ["<>", "<a>", "<>"])
    #expect(try pieces("regexp_split_to_table(t, 'X', 'i')", ["1x2"]) == ["<1>", "<2>"])
  }

  @Test("Pieces of more rows than a batch holds")
  func manyPieces() throws {
    let row = (0..<5000).map(String.init).joined(separator: ";")
    #expect(try pieces("regexp_split_to_table(t, '[;]')", [row]).count == 5000)
  }
}
