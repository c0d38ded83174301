import Columnar
import Formats
import Operators
import Testing

@testable import Query

@Suite("SQL stages that fail say where and why")
struct SQLOperatorFailureTests {
  static let schema = InputSchema(columns: [
    InputColumn(name: "x", type: .integer), InputColumn(name: "t", type: .text),
  ])

  @Test(
    "Expressions that fail name the record and quote the query",
    arguments: [
      ("SELECT 10 / x FROM input", "division by zero in \"10 / x\"", 12),
      ("SELECT x + 2147483600 FROM input", "integer out of range in \"x + 2147483600\"", 4),
      (
        "SELECT t FROM input WHERE t::integer > 1",
        "invalid input syntax for type integer: \"five\" in \"t::integer > 1\"", 4
      ),
      ("SELECT t FROM input WHERE x < 100 AND 1 / x > 0", "division by zero in \"1 / x > 0\"", 12),
      ("SELECT sum(10 / x) FROM input GROUP BY t", "division by zero in \"10 / x\"", 12),
      (
        "SELECT piece::integer FROM input, string_to_table(t, ',') piece",
        "invalid input syntax for type integer: \"five\" in \"piece::integer\"", 4
      ),
    ])
  func failingRecord(sql: String, message: String, offset: Int) throws {
    let worker = try Self.stage(sql).makeWorkerPart()
    var buffer = ResultBuffer()
    do {
      _ = try QueryRun.process("5,1\n99,five\n0,3\n", worker, &buffer)
      Issue.record("nothing failed")
    } catch let error as OperatorError {
      #expect(error.code == .data)
      #expect(error.message == message)
      #expect(error.recordOffset == offset)
    }
  }

  @Test("A worker goes on with the next partition after a failure")
  func afterFailure() throws {
    let worker = try Self.stage("SELECT 10 / x AS y FROM input").makeWorkerPart()
    var buffer = ResultBuffer()
    #expect(throws: OperatorError.self) { try QueryRun.process("0,a\n", worker, &buffer) }
    buffer.removeAll()
    #expect(try QueryRun.process("5,a\n2,b\n", worker, &buffer).outputRows == 2)
    #expect(String(decoding: buffer.bytes, as: UTF8.self) == "2\n5\n")
  }

  @Test("A value of the wrong type names its record and field")
  func wrongType() throws {
    let worker = try Self.stage("SELECT x FROM input").makeWorkerPart()
    var buffer = ResultBuffer()
    do {
      _ = try QueryRun.process("5,a\nabc,b\n", worker, &buffer)
      Issue.record("nothing failed")
    } catch let error as OperatorError {
      #expect(error.code == .data && error.recordOffset == 4 && error.field == 1)
    }
  }

  @Test(
    "Results that are damaged are refused",
    arguments: [
      "SELECT x FROM input ORDER BY x", "SELECT DISTINCT t FROM input",
      "SELECT t, count(DISTINCT x) FROM input GROUP BY t", "SELECT x FROM input OFFSET 1",
    ])
  func damagedResults(sql: String) throws {
    let stage = try Self.stage(sql)
    var buffer = ResultBuffer()
    _ = try QueryRun.process("5,a\n7,b\n", try stage.makeWorkerPart(), &buffer)
    let sink = try stage.makeSinkPart()
    let good = Array(buffer.bytes)
    for damaged in [[], Array(good.dropLast()), good + [0], [9] + good.dropFirst()] {
      damaged.withUnsafeBytes { bytes in
        _ = #expect(throws: OperatorError.self) { try sink.decode(bytes) }
      }
    }
  }

  @Test("Merging states of different queries is refused")
  func foreignState() throws {
    let rows = try Self.state("SELECT x FROM input ORDER BY x")
    #expect(throws: OperatorError.self) {
      try rows.merge(try Self.state("SELECT DISTINCT t FROM input"))
    }
  }

  @Test("A registry makes the stage from its bytes, and refuses what is none")
  func registry() throws {
    var registry = OperatorRegistry()
    SQLOperator.register(in: &registry)
    let good = Self.configuration("SELECT x FROM input")
    let made = try registry.make("sql", configuration: try good.encoded())
    #expect((made as? SQLOperator)?.configuration == good)
    for bytes in [Array("{".utf8), try Self.configuration("SELECT y FROM input").encoded()] {
      do {
        _ = try registry.make("sql", configuration: bytes)
        Issue.record("nothing failed")
      } catch let error as OperatorError {
        #expect(error.code == .configuration)
      }
    }
  }

  private static func configuration(_ sql: String) -> SQLConfiguration {
    SQLConfiguration(sql: sql, input: .csv, schema: schema, output: .csv)
  }

  private static func stage(_ sql: String) throws -> SQLOperator {
    try SQLOperator(configuration(sql))
  }

  private static func state(_ sql: String) throws -> any MergeState {
    let stage = try stage(sql)
    var buffer = ResultBuffer()
    _ = try QueryRun.process("5,a\n", try stage.makeWorkerPart(), &buffer)
    return try stage.makeSinkPart().decode(buffer.bytes)
  }
}
