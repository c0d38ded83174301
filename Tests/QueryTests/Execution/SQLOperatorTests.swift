import Columnar
import Formats
import Operators
import Testing

@testable import Query

@Suite("SQL stages")
struct SQLOperatorTests {
  static let flights = InputSchema(columns: [
    InputColumn(name: "carrier", type: .text), InputColumn(name: "delay", type: .integer),
    InputColumn(name: "air", type: .double), InputColumn(name: "day", type: .date),
  ])

  static let lines = [
    "UA,10,1.5,2013-01-01", "AA,-5,2.5,2013-01-01", "UA,,0.25,2013-01-02", "B6,30,,2013-01-02",
    "AA,15,4,2013-02-01", "\"O,O\",0,1,2013-02-02", "UA,20,8,2013-02-03",
  ]

  /// A query with what it gives over ``lines``, worked out by hand.
  struct Example: Sendable, CustomTestStringConvertible {
    var sql: String
    var expected: [String]
    var testDescription: String { sql }
  }

  static let examples = [
    Example(
      sql: "SELECT carrier, delay * 2 AS twice FROM input WHERE delay >= 10",
      expected: ["carrier,twice", "UA,20", "B6,60", "AA,30", "UA,40"]),
    Example(
      sql: "SELECT delay FROM input WHERE air > 1 AND delay IS NOT NULL LIMIT 3",
      expected: ["delay", "10", "-5", "15"]),
    Example(
      sql: "SELECT carrier FROM input LIMIT 2 OFFSET 4", expected: ["carrier", "AA", "\"O,O\""]),
    Example(sql: "SELECT carrier FROM input LIMIT 0", expected: ["carrier"]),
    Example(
      sql: """
        SELECT carrier, count(*) AS flights, count(delay) AS delays, sum(delay) AS total,
          avg(air) AS air, min(day) AS first, max(delay) AS worst
        FROM input GROUP BY carrier
        """,
      expected: [
        "carrier,flights,delays,total,air,first,worst", "UA,3,2,30,3.25,2013-01-01,20",
        "AA,2,2,10,3.25,2013-01-01,15", "B6,1,1,30,,2013-01-02,30", "\"O,O\",1,1,0,1,2013-02-02,0",
      ]),
    Example(
      sql: """
        SELECT carrier, avg(delay) AS mean FROM input GROUP BY carrier HAVING count(*) > 1
        ORDER BY mean DESC
        """,
      expected: ["carrier,mean", "UA,15.0000000000000000", "AA,5.0000000000000000"]),
    Example(
      sql: "SELECT count(*), sum(delay), max(carrier) FROM input WHERE delay > 100",
      expected: ["count,sum,max", "0,,"]),
    Example(
      sql: "SELECT DISTINCT carrier FROM input", expected: ["carrier", "UA", "AA", "B6", "\"O,O\""]),
    Example(
      sql: "SELECT DISTINCT day FROM input ORDER BY day DESC LIMIT 2",
      expected: ["day", "2013-02-03", "2013-02-02"]),
    Example(
      sql: "SELECT carrier, delay FROM input ORDER BY carrier, delay DESC",
      expected: [
        "carrier,delay", "AA,15", "AA,-5", "B6,30", "\"O,O\",0", "UA,", "UA,20", "UA,10",
      ]),
    Example(
      sql: "SELECT carrier FROM input ORDER BY air DESC NULLS LAST LIMIT 2 OFFSET 1",
      expected: ["carrier", "AA", "AA"]),
    Example(
      sql: "SELECT count(DISTINCT carrier) AS carriers, count(*) FILTER (WHERE delay > 10) AS late "
        + "FROM input",
      expected: ["carriers,late", "4,3"]),
    Example(
      sql:
        "SELECT extract(month FROM day) AS month, count(*) AS n FROM input GROUP BY 1 ORDER BY 1",
      expected: ["month,n", "1,4", "2,3"]),
    Example(
      sql: "SELECT CASE WHEN delay <> 0 THEN 60 / delay END AS share FROM input WHERE air <= 2.5",
      expected: ["share", "6", "-12", "", ""]),
    Example(
      sql:
        "SELECT lower(carrier) || '!' AS c FROM input WHERE carrier LIKE '%A' AND day < '2013-01-02'",
      expected: ["c", "ua!", "aa!"]),
    Example(
      sql: "SELECT DISTINCT count(*) AS n FROM input GROUP BY carrier ORDER BY n",
      expected: ["n", "1", "2", "3"]),
  ]

  @Test("Give the same whatever the partitions", arguments: examples, 1...7)
  func example(_ example: Example, size: Int) throws {
    let run = QueryRun(sql: example.sql, schema: Self.flights)
    let partitions = stride(from: 0, to: Self.lines.count, by: size).map { start in
      Self.lines[start..<min(start + size, Self.lines.count)].map { $0 + "\n" }.joined()
    }
    let expected = example.expected.map { $0 + "\n" }.joined()
    #expect(try run.output(partitions) == expected)
    let backwards = Array(partitions.indices.reversed())
    #expect(try run.output(partitions, arrival: backwards) == expected)
  }

  @Test("No partitions: groups without keys give one row, all else none")
  func noPartitions() throws {
    let count = QueryRun(
      sql: "SELECT count(*) AS n, sum(delay) AS s FROM input", schema: Self.flights)
    #expect(try count.output([]) == "n,s\n0,\n")
    let grouped = QueryRun(
      sql: "SELECT carrier, count(*) FROM input GROUP BY carrier ORDER BY 2", schema: Self.flights)
    #expect(try grouped.output([]) == "carrier,count\n")
    let rows = QueryRun(sql: "SELECT carrier FROM input ORDER BY 1", schema: Self.flights)
    #expect(try rows.output([]) == "carrier\n")
  }

  @Test("Words of a text are counted")
  func words() throws {
    var run = QueryRun(
      sql: """
        SELECT word, count(*) AS n FROM input, string_to_table(lower(line), ' ') AS word
        WHERE word <> '' AND line <> 'skip me' GROUP BY word ORDER BY n DESC, word
        """, schema: .text)
    run.input = .text
    let text = ["To be or  not to be\n", "skip me\n\nthat is\n"]
    #expect(
      try run.output(text) == "word,n\nbe,2\nto,2\nis,1\nnot,1\nor,1\nthat,1\n")
  }

  @Test("A row that expands to many more than a batch")
  func longExpansion() throws {
    var run = QueryRun(
      sql: "SELECT count(*) AS n, max(length(piece)) AS l "
        + "FROM input, string_to_table(line, ',') AS piece WHERE piece <> 'b'",
      schema: .text)
    run.input = .text
    let line = Array(repeating: "a,bb,b", count: 5000).joined(separator: ",") + "\nc\n"
    #expect(try run.output([line]) == "n,l\n10001,2\n")
  }

  @Test("JSON Lines, text and tables")
  func outputs() throws {
    var run = QueryRun(sql: "SELECT carrier, delay FROM input LIMIT 2", schema: Self.flights)
    let partitions = Self.lines.map { $0 + "\n" }
    run.output = .jsonLines
    #expect(
      try run.output(partitions)
        == "{\"carrier\":\"UA\",\"delay\":10}\n{\"carrier\":\"AA\",\"delay\":-5}\n")
    run.output = .text
    #expect(try run.output(partitions) == "UA\nAA\n")
    run.output = .table
    #expect(
      try run.output(partitions)
        == " carrier | delay\n---------+-------\n UA      |    10\n AA      |    -5\n")
  }

  @Test("LIMIT counts rows with newlines in quotes once")
  func limitedQuotes() throws {
    let schema = InputSchema(columns: [InputColumn(name: "a", type: .text)])
    let run = QueryRun(sql: "SELECT a FROM input LIMIT 3", schema: schema)
    let output = try run.output(["\"x\ny\"\n", "\"say \"\"hi\"\"\n\"\nz\nlast\n"])
    #expect(output == "a\n\"x\ny\"\n\"say \"\"hi\"\"\n\"\nz\n")
  }

  @Test("A range is a table of its numbers")
  func range() throws {
    let sql = try SQLOperator(
      SQLConfiguration(
        sql: "SELECT sum(value) AS s FROM input WHERE value % 2 = 0", input: .range,
        schema: .range, output: .csv))
    var buffer = ResultBuffer()
    let range = PartitionInput.Content.range(
      from: 1, count: 5000, payload: UnsafeRawBufferPointer(start: nil, count: 0))
    let counts = try sql.makeWorkerPart().process(
      PartitionInput(content: range, file: 0, offset: 1), into: &buffer)
    #expect(counts.rows == 5000)
    let sink = try sql.makeSinkPart()
    var output: [UInt8] = []
    #expect(try sink.finish(try sink.decode(buffer.bytes)) { output += $0 } == 1)
    #expect(String(decoding: output, as: UTF8.self) == "6252500\n")
  }
}
