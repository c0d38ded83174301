import Foundation
import Testing

extension EndToEnd {
  /// Sources whose records cannot be processed, found by a worker far into the source.
  @Suite("Bad records")
  struct BadRecordTests {
    /// Good records before the bad one, which is on line `good + 2`.
    static let good = 60_000

    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    /// Writes `in.csv`: a header, good records of two numbers, `record`, and one more good record.
    private func write(_ record: Data, secondColumn: String = "7") throws {
      var data = Data("a,b\n".utf8)
      data.append(
        Data((0..<Self.good).map { "\($0),\(secondColumn)\n" }.joined().utf8))
      data.append(record)
      data.append(Data("\n1,\(secondColumn)\n".utf8))
      try workspace.write("in.csv", data)
    }

    private var place: String { "in.csv:\(Self.good + 2)" }

    @Test("a record with too few fields")
    func tooFew() throws {
      try write(Data("8".utf8))
      try workspace.topology()
      try workspace.expectFailure(
        1, "\(place), field 1: error: the record has 1 field, the header has 2",
        "on_bad_record: skip")
    }

    @Test("a record with too many fields, in a small file")
    func tooMany() throws {
      try workspace.write("in.csv", "a,b\n1,2\n3,4,5\n")
      try workspace.topology()
      try workspace.expectFailure(
        1, "in.csv:3, field 3: error: the record has 3 fields, the header has 2",
        "check source.delimiter")
    }

    @Test("a text in a column of numbers")
    func typeMismatch() throws {
      // Long enough for the bad record to lie behind the first megabyte.
      try write(Data("x,2".utf8), secondColumn: String(repeating: "7", count: 30))
      try workspace.topology()
      try workspace.expectFailure(
        1, "\(place), field 1: error: column a: 'x' is not bigint", "columns: { a: text }")
    }

    @Test("bytes that are not UTF-8")
    func notUTF8() throws {
      try write(Data("8,".utf8) + [0xFF, 0xFE], secondColumn: "x")
      try workspace.topology()
      try workspace.expectFailure(
        1, "\(place), field 2: error: column b is not UTF-8: byte 0xFF", "iconv")
    }

    @Test("a quote that is never closed")
    func openQuote() throws {
      try write(Data("8,\"open".utf8))
      try workspace.topology()
      try workspace.expectFailure(1, "\(place)", "quote")
    }

    @Test("division by zero")
    func divisionByZero() throws {
      try write(Data("8,0".utf8))
      try workspace.topology(sql: "SELECT a / b AS q FROM input")
      try workspace.expectFailure(1, "\(place): error: division by zero in \"a / b\"")
    }

    @Test("integer overflow")
    func overflow() throws {
      try write(Data("8,9223372036854775807".utf8))
      try workspace.topology(sql: "SELECT a + b AS s FROM input")
      try workspace.expectFailure(1, "\(place): error: bigint out of range in \"a + b\"")
    }

    @Test("an aggregate's overflow at the sink")
    func sumOverflow() throws {
      try workspace.write("in.csv", "a,b\n1,1e308\n2,1e308\n")
      try workspace.topology(sql: "SELECT sum(b) AS s FROM input")
      try workspace.expectFailure(1, "out of range")
    }

    @Test("a line of 100 MB", arguments: ["csv", "text", "jsonl"])
    func endless(format: String) throws {
      var data = Data((format == "jsonl" ? "{\"line\":\"x\"}\n" : "line\n1\n").utf8)
      let start = data.count
      data.append(Data(repeating: UInt8(ascii: "x"), count: 100 << 20))
      data.append(Data("\n2\n".utf8))
      if format == "jsonl" {
        data.replaceSubrange(start..<start + 9, with: Data("{\"line\":\"".utf8))
      }
      try workspace.write("in.csv", data)
      try workspace.topology(format: format, sql: "SELECT line FROM input")
      let result = try workspace.start(["run", workspace.path("t.yaml")]).wait(watchingMemory: true)
      let line = format == "jsonl" ? 2 : 3
      try workspace.expect(
        result, failed: 1,
        ["in.csv:\(line): error:", "longer than 16 MiB", "raise source.max_record"])
      #expect(result.seconds < 10)
      #expect(result.peakMemory < 200 << 20)
    }

    @Test("records left out on request are counted")
    func skipped() throws {
      try workspace.write("in.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n")
      let topology = try workspace.topology(source: "on_bad_record: skip")
      let result = try workspace.run("run", topology)
      #expect(result.status == 0)
      #expect(try workspace.read("out.csv") == Data("a,b\n1,2\n7,8\n".utf8))
      #expect(result.standardError.contains("left out: 2 bad records"))
    }
  }
}
