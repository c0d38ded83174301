import Foundation
import Testing

extension EndToEnd {
  /// Partitions that fail whoever has them.
  @Suite("Quarantine")
  struct QuarantineTests {
    /// Rows of `in.csv`.
    static let rows = 3_000
    /// The row that cannot be processed; it is on line `bad + 2`.
    static let bad = 1_500

    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    /// Writes `in.csv` with one bad row, and a topology that fails of it.
    @discardableResult
    private func write(_ row: String, onFailure: String) throws -> String {
      let lines = (0..<Self.rows).map { $0 == Self.bad ? row : "\($0),7" }
      try workspace.write("in.csv", "a,b\n" + lines.joined(separator: "\n") + "\n")
      return try workspace.topology(
        partition: "1KiB", source: "columns: { a: bigint, b: bigint }",
        sql: "SELECT a, 700 / b AS q FROM input", rest: "on_failure: \(onFailure)")
    }

    @Test(
      "the run ends without it, its bytes are kept, and replay fails as it did",
      arguments: [("1500,0", "division by zero"), ("x,7", "'x' is not bigint")])
    func quarantined(row: String, reason: String) throws {
      let result = try workspace.run("run", write(row, onFailure: "quarantine"))
      #expect(result.status == 0, "\(result.standardError)")
      let match = try #require(
        result.standardError.firstMatch(
          of: /partition (\d+) is in quarantine after 1 attempt: (.*)/))
      let index = match.output.1
      #expect(match.output.2.contains(reason))
      #expect(result.standardError.contains("in quarantine: 1 partition"))
      try workspace.expectNothingLeft()

      let run = try workspace.onlyRun()
      #expect(run.state == "finished")
      let file = run.directory.appendingPathComponent("quarantine/\(index).bytes")
      let bytes = try Data(contentsOf: file)
      let kept = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      #expect(kept.contains(Substring(row)))
      let lost = Set(kept)
      let expected = (0..<Self.rows).filter { $0 != Self.bad && !lost.contains("\($0),7") }
      #expect(expected.count == Self.rows - kept.count)
      #expect(
        try workspace.read("out.csv")
          == Data(("a,q\n" + expected.map { "\($0),100\n" }.joined()).utf8))

      let shown = try workspace.run("show", "last").standardOutput
      for part in [
        "in quarantine:", "partition \(index), 1 attempt: ", reason, "its bytes: \(file.path)",
        "look closer: millrace replay \(run.id) \(index)",
      ] {
        #expect(shown.contains(part), "\(shown)")
      }
      // The bytes that were kept are what counts, not the file.
      try FileManager.default.removeItem(atPath: workspace.path("in.csv"))
      let replay = try workspace.run("replay", "last", String(index))
      #expect(replay.status == 1)
      #expect(replay.standardError.contains("partition \(index) failed 1 time"))
      #expect(
        replay.standardError.contains(/error: now it failed at byte \d+ of its file: .*/),
        "\(replay.standardError)")
      #expect(replay.standardError.contains(reason))
      #expect(try workspace.onlyRun() == run)

      let other = try workspace.run("replay", "last", "0")
      #expect(other.status == 2)
      #expect(other.standardError.contains("partition 0 of run \(run.id) is not in quarantine"))
      #expect(other.standardError.contains("these are: \(index)"))
      try workspace.expectNothingLeft()
    }

    @Test("an aggregate without it: the partition counts for nothing")
    func aggregate() throws {
      try write("1500,0", onFailure: "quarantine")
      let topology = try workspace.topology(
        partition: "1KiB", sql: "SELECT count(700 / b) AS n FROM input",
        rest: "on_failure: quarantine")
      #expect(try workspace.run("run", topology).status == 0)
      let quarantine = try workspace.onlyRun().directory.appendingPathComponent("quarantine")
      let names = try FileManager.default.contentsOfDirectory(atPath: quarantine.path)
      #expect(names.count == 1)
      let bytes = try Data(
        contentsOf: quarantine.appendingPathComponent(try #require(names.first)))
      let lost = bytes.split(separator: UInt8(ascii: "\n")).count
      #expect(try workspace.read("out.csv") == Data("n\n\(Self.rows - lost)\n".utf8))
    }

    @Test("on_failure: fail names the place, and keeps no output")
    func fails() throws {
      try write("1500,0", onFailure: "fail")
      try workspace.expectFailure(
        1, "in.csv:\(Self.bad + 2): error: division by zero in \"700 / b\"")
      #expect(try workspace.onlyRun().state == "failed")
      #expect(try !workspace.run("show", "last").standardOutput.contains("in quarantine"))
    }

    @Test("more bad partitions than can be set aside: the run fails in words")
    func tooMany() throws {
      let lines = (0..<Self.rows * 10).map { "\($0),0" }.joined(separator: "\n")
      try workspace.write("in.csv", "a,b\n" + lines + "\n")
      try workspace.topology(
        partition: "1KiB", sql: "SELECT a / b AS q FROM input", rest: "on_failure: quarantine")
      let result = try workspace.run("run", workspace.path("t.yaml"))
      try workspace.expect(result, failed: 1, ["quarantine", "division by zero"])
    }

    @Test("a partition whose workers die of it, set aside; tried again by resume, it may do better")
    func resumed() throws {
      let timeout = "timeout: 300ms\nattempts: 2\nliveness: { interval: 50ms, missed: 60 }"
      let topology = try workspace.sleepTopology(
        partitions: 1, milliseconds: 1_000, rest: timeout)
      let result = try workspace.run("run", topology)
      let run = try workspace.onlyRun()
      try workspace.expect(
        result, failed: 1,
        [
          "partition 0 is in quarantine after 2 attempts", "longer than `timeout` allows",
          "millrace replay ", "go on with: millrace resume \(run.id)",
        ])
      #expect(run.state == "failed")
      let replay = try workspace.run("replay", "last", "0")
      #expect(replay.status == 0, "\(replay.standardError)")
      #expect(replay.standardError.contains("partition 0 failed 2 times"))
      #expect(replay.standardError.contains("now it succeeded: 1 row"))
      try workspace.sleepTopology(partitions: 1, milliseconds: 1_000)
      let resumed = try workspace.resume()
      #expect(resumed.status == 0, "\(resumed.standardError)")
      let summary = try #require(try resumed.objects().last)
      #expect(summary["partitions"] as? Int == 1)
      #expect(summary["quarantined"] as? Int == 0)
      let shown = try workspace.run("show", "last").standardOutput
      #expect(shown.contains(": finished"))
      #expect(!shown.contains("in quarantine:"), "\(shown)")
      try workspace.expectNothingLeft()
    }
  }
}
