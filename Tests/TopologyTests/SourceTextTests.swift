import Testing
import Topology

@Suite struct SourceTextTests {
  private func query(
    _ text: String, environment: [String: String] = [:], overrides: [String] = []
  ) throws -> SourceText {
    let topology = try load(text, overrides: overrides, environment: environment)
    guard case .sql(let query) = topology.stages[0].work else { throw UnexpectedValue() }
    return query
  }

  /// Where the first occurrence of `word` in a query is said to be.
  private func place(of word: String, in query: SourceText) throws -> String {
    let range = try #require(query.string.firstRange(of: word), "\(query.string)")
    let offset = query.string.utf8.distance(from: query.string.startIndex, to: range.lowerBound)
    return "\(query.position(ofUTF8Offset: offset))"
  }

  /// Checks that each word of the query stands in `text` where it is said to, by reading it there.
  private func checkWords(of query: SourceText, in text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.unicodeScalars)
    }
    let separators = " \n\t'\"\\"
    for word in query.string.split(whereSeparator: { separators.contains($0) }) {
      let offset = query.string.utf8.distance(from: query.string.startIndex, to: word.startIndex)
      let position = query.position(ofUTF8Offset: offset)
      let found = lines[position.line - 1].dropFirst(position.column - 1)
        .prefix(word.unicodeScalars.count)
      #expect(String(String.UnicodeScalarView(found)) == word, "at \(position)")
    }
  }

  private static let head = "topology: t\nsource: { files: a.csv }\nstages:\n  - name: s\n"

  @Test(arguments: [
    // Literal blocks: plain, with a remark, indented further, chomped, with leading blank lines.
    "    sql: |\n      SELECT a,\n        bä FROM\n\n      input\n",
    "    sql: |- # remark\n      SELECT a,\n        b FROM\n\n      input",
    "    sql: |2\n        SELECT a\n      FROM input\n",
    "    sql: |+\n\n\n       SELECT a\n       FROM input\n\n\n",
    // Folded blocks.
    "    sql: >\n      SELECT a,\n      b\n\n        more\n      FROM   input\n",
    // Flow scalars on one line and on more.
    "    sql: SELECT a, b  FROM input # remark\n",
    "    sql: SELECT a,\n      b\n\n      FROM input\n",
    "    sql:\n      SELECT a\n      FROM input\n",
    "    sql: 'SELECT a FROM input'\n",
    "    sql: 'SELECT ''x'' AS a,\n      b   \n\n      FROM input'\n",
    "    sql: \"SELECT a, \\\"b\\\" FROM input\"\n",
    "    sql: \"SELECT \\x41\\u00e4\\n a,\\\n      b \\\n      \\ FROM\n\n      input\"\n",
    // Properties before the text.
    "    sql: !!str |\n      SELECT a\n      FROM input\n",
    "    sql: &q SELECT a FROM input\n",
    "    sql: &q\n      'SELECT a FROM input'\n",
  ])
  func wordsAreFoundInTheFile(stage: String) throws {
    let text = Self.head + stage
    // Escaped letters stand for themselves nowhere in the file.
    let query = try query(text)
    if query.string.contains("Aä") {
      #expect(try place(of: "FROM", in: query) == "t.yaml:7:9")
      #expect(try place(of: "input", in: query) == "t.yaml:9:7")
      #expect(try place(of: "A", in: query) == "t.yaml:5:18")
      #expect(try place(of: "b", in: query) == "t.yaml:6:7")
    } else {
      try checkWords(of: query, in: text)
    }
  }

  @Test func endOfTextHasAPlace() throws {
    let query = try query(Self.head + "    sql: SELECT\n")
    #expect("\(query.position(ofUTF8Offset: 6))" == "t.yaml:5:16")
    #expect("\(query.position(ofUTF8Offset: 99))" == "t.yaml:5:16")
    #expect("\(query.position(ofUTF8Offset: -1))" == "t.yaml:5:10")
  }

  @Test func carriageReturnsDoNotCount() throws {
    let text = Self.head + "    sql: |\n      SELECT a\n      FROM input\n"
    let query = try query(text.replacing("\n", with: "\r\n"))
    #expect(try place(of: "FROM", in: query) == "t.yaml:7:7")
  }

  @Test func variablesHaveThePlaceOfTheirReference() throws {
    let text =
      Self.head + "    sql: |\n      SELECT ${A}, b ${B:-x}\n      FROM $${input} WHERE $1\n"
    let query = try query(text, environment: ["A": "one, two"])
    #expect(query.string == "SELECT one, two, b x\nFROM ${input} WHERE $1\n")
    #expect(try place(of: "SELECT", in: query) == "t.yaml:6:7")
    #expect(try place(of: "two", in: query) == "t.yaml:6:14")
    #expect(try place(of: ", b", in: query) == "t.yaml:6:18")
    #expect(try place(of: "x", in: query) == "t.yaml:6:22")
    #expect(try place(of: "FROM", in: query) == "t.yaml:7:7")
    #expect(try place(of: "input", in: query) == "t.yaml:7:15")
    #expect(try place(of: "$1", in: query) == "t.yaml:7:28")
  }

  @Test func aliasHasThePlaceOfTheAnchoredText() throws {
    let text = """
      topology: t
      source: { files: a.csv }
      stages:
        - { name: a, sql: *query }
        - { name: b, sql: &query SELECT a }
      """
    let swapped = text.replacing("*query", with: "&query SELECT a")
      .replacing("b, sql: &query SELECT a", with: "b, sql: *query")
    let topology = try load(swapped)
    guard case .sql(let query) = topology.stages[1].work else { throw UnexpectedValue() }
    #expect("\(query.position(ofUTF8Offset: 7))" == "t.yaml:4:35")
  }

  @Test func overriddenQueryIsAtItsOverride() throws {
    let text = Self.head + "    sql: SELECT 1\n"
    let query = try query(text, overrides: ["stages.s.sql=SELECT 'a: b'"])
    #expect(query.string == "SELECT 'a: b'")
    #expect("\(query.position(ofUTF8Offset: 5))" == "--set stages.s.sql")
  }
}
