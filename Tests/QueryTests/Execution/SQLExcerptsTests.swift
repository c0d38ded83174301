import Testing

@testable import Query

@Suite("Quoting the part of a query at fault")
struct SQLExcerptsTests {
  @Test(
    "The expression around a mark",
    arguments: [
      ("SELECT a, 10 ¦/ x AS y FROM input", "10 / x"),
      ("SELECT ¦sqrt(a - b), c FROM input", "sqrt(a - b)"),
      ("SELECT sum(a ¦/ (b + 1)) FROM input", "a / (b + 1)"),
      ("SELECT a FROM input WHERE b = 'x, y' AND c\n  ¦/ 2 > 1 ORDER BY a", "c / 2 > 1"),
      ("SELECT x¦::integer FROM input", "x::integer"),
      ("SELECT CASE WHEN a > 0 THEN b ¦/ a ELSE 0 END FROM input", "b / a"),
      ("SELECT lower(\"from, there\" ¦|| 'it''s') FROM input", "\"from, there\" || 'it''s'"),
    ])
  func excerpt(marked: String, expected: String) throws {
    let parts = marked.split(separator: "¦").map(String.init)
    let excerpts = SQLExcerpts(sql: parts.joined())
    let found = excerpts.excerpt(at: parts[0].utf8.count)
    #expect(found == expected)
  }

  @Test("Long expressions are cut around the position")
  func long() throws {
    let sql = "SELECT " + (0..<100).map { "a\($0)" }.joined(separator: " + ") + " FROM input"
    let excerpt = try #require(SQLExcerpts(sql: sql).excerpt(at: 400))
    #expect(excerpt.count <= SQLExcerpts.longest + 2)
    #expect(excerpt.hasPrefix("…") && excerpt.hasSuffix("…"))
  }

  @Test("Positions outside the query have no excerpt to crash on", arguments: [-5, 0, 1_000])
  func outside(position: Int) {
    _ = SQLExcerpts(sql: "SELECT 1").excerpt(at: position)
    _ = SQLExcerpts(sql: "").excerpt(at: position)
  }
}
