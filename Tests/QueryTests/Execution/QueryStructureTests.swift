import Columnar
import Formats
import Foundation
import Testing

@testable import Query

@Suite("Queries of several SELECTs, joins and windows")
struct QueryStructureTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var sql: String
    var expected: String
    var testDescription: String { sql }
  }

  static let airlines = SQLTable(
    name: "airlines", format: .csv,
    schema: InputSchema(columns: [
      InputColumn(name: "code", type: .text), InputColumn(name: "name", type: .text),
      InputColumn(name: "region", type: .text),
    ]), records: Data("UA,United,US\nAA,American,US\nLH,Lufthansa,EU\nUA,United Again,\n".utf8))
  static let bands = SQLTable(
    name: "bands", format: .csv,
    schema: InputSchema(columns: [
      InputColumn(name: "low", type: .integer), InputColumn(name: "high", type: .integer),
    ]), records: Data("-10,10\n0,20\n15,\n".utf8))

  private static func run(_ sql: String, cutAfter cuts: [Int]) throws -> String {
    let lines = SQLOperatorTests.lines
    let bounds = [0] + cuts + [lines.count]
    let partitions = zip(bounds, bounds.dropFirst()).map { start, end in
      lines[start..<end].map { $0 + "\n" }.joined()
    }
    return try QueryRun(
      sql: sql, schema: SQLOperatorTests.flights, tables: [airlines, bands]
    ).output(partitions)
  }

  @Test(arguments: examples)
  func answersAsPostgreSQLDoes(_ example: Example) throws {
    #expect(try Self.run(example.sql, cutAfter: [3, 4]) == example.expected + "\n")
  }

  @Test(arguments: examples)
  func cutsChangeNothing(_ example: Example) throws {
    let whole = try Self.run(example.sql, cutAfter: [])
    #expect(try Self.run(example.sql, cutAfter: [1, 2, 3, 4, 5, 6]) == whole)
  }

  @Test(arguments: refusals)
  func refusesInWords(_ example: Example) {
    let error = #expect(throws: SQLError.self) { try Self.run(example.sql, cutAfter: []) }
    #expect(error?.message == example.expected)
  }

  @Test func namesTheRecordOfATableThatCannotBeRead() {
    var broken = Self.bands
    broken.records = Data("1,2\nx,3\n".utf8)
    let run = QueryRun(
      sql: "SELECT carrier FROM input JOIN bands ON delay = low",
      schema: SQLOperatorTests.flights, tables: [broken])
    let error = #expect(throws: SQLError.self) { try run.output(["UA,1,1,2013-01-01\n"]) }
    #expect(error?.message.hasPrefix("table bands, record 2: ") == true)
  }

  @Test func tablesStandBesideTheInput() throws {
    let sum = try Self.run(
      """
      SELECT t.carrier, t.n + b.low AS x FROM
        (SELECT carrier, count(*) AS n FROM input GROUP BY carrier) AS t
        JOIN (SELECT min(low) AS low FROM bands) AS b ON true
      WHERE t.n > 1 UNION ALL SELECT code, 7 FROM airlines WHERE region = 'EU' ORDER BY 1
      """, cutAfter: [3])
    #expect(sum == "carrier,x\nAA,-8\nLH,7\nUA,-7\n")
    let error = #expect(throws: SQLError.self) {
      try Self.run("SELECT code FROM airlines LEFT JOIN bands ON low = 0", cutAfter: [])
    }
    #expect(error?.message == "the query does not read the input; write FROM input")
  }

  @Test func withDoesNotDoubleWithoutEnd() {
    let steps = (1...20).map {
      "t\($0) AS (SELECT x FROM t\($0 - 1) UNION ALL SELECT x FROM t\($0 - 1))"
    }
    let sql =
      "WITH t0 AS (SELECT delay AS x FROM input), " + steps.joined(separator: ", ")
      + " SELECT count(*) FROM t20"
    let error = #expect(throws: SQLError.self) { try Self.run(sql, cutAfter: []) }
    #expect(error?.message.contains("more than 64 relations") == true)
  }

  @Test func frameAggregatesOfManyRowsAreThoseOfEachFrame() throws {
    let count = 3000
    let rows = (0..<count).map { "X,\(($0 * 7919) % 1000 - 300),1,2013-01-01\n" }
    let values = (0..<count).map { ($0 * 7919) % 1000 - 300 }
    let run = QueryRun(
      sql: """
        SELECT sum(delay) OVER (ROWS BETWEEN 100 PRECEDING AND 27 FOLLOWING) AS s,
          max(delay) OVER (ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS m,
          count(*) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 5 PRECEDING) AS c FROM input
        """, schema: SQLOperatorTests.flights)
    let lines = try run.output([rows.joined()]).split(separator: "\n").dropFirst()
    for (row, line) in lines.enumerated() {
      let near = values[max(row - 100, 0)...min(row + 27, count - 1)].reduce(0, +)
      let most = values[row...].max() ?? 0
      #expect(line == "\(near),\(most),\(max(row - 4, 0))")
    }
    #expect(lines.count == count)
  }
}
