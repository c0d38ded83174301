import Foundation
import Testing

extension EndToEnd {
  /// Runs that `millrace resume` does not go on with, and why.
  @Suite("Resume refused", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct ResumeRefusalTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    /// Checks that a run is refused, and is as it was afterwards.
    private func expectRefusal(
      _ parts: String..., of name: String = "last",
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let before = try workspace.listedRuns()
      let result = try workspace.run("resume", name)
      #expect(result.status == 2, sourceLocation: sourceLocation)
      for part in parts {
        #expect(result.standardError.contains(part), sourceLocation: sourceLocation)
      }
      #expect(result.standardOutput == "", sourceLocation: sourceLocation)
      #expect(
        try workspace.listedRuns() == before, "the run is not as it was",
        sourceLocation: sourceLocation)
    }

    @Test("one that has finished")
    func finished() throws {
      try workspace.sleepTopology(partitions: 2)
      #expect(try workspace.run("run", workspace.path("t.yaml")).status == 0)
      try expectRefusal("the run has finished", "run the topology again")
    }

    @Test("one that goes on: its process is named")
    func running() throws {
      let command = try workspace.start(["run", try workspace.sleepTopology(partitions: 2_000)])
      try Moment.early.wait(for: command, in: workspace)
      let result = try workspace.run("resume", "last")
      #expect(result.status == 2)
      #expect(
        result.standardError.contains("is being carried out by process \(command.processID)"))
      let removed = try workspace.run("runs", "--remove", "last")
      #expect(removed.status == 2)
      #expect(removed.standardError.contains("process \(command.processID)"))
      let run = try workspace.onlyRun()
      #expect(run.state == "running")
      #expect(run.sessions == 1)
      command.send(SIGINT)
      #expect(command.wait().status == 130)
      try workspace.expectNothingLeft()
    }

    @Test("one that is not there, and one of several")
    func unknown() throws {
      try expectRefusal(workspace.runs.path, "there are no runs yet", "millrace run FILE")
      try workspace.sleepTopology(partitions: 1)
      for _ in 0..<2 { #expect(try workspace.run("run", workspace.path("t.yaml")).status == 0) }
      let ids = try workspace.listedRuns().map(\.id)
      try expectRefusal("no run is called \"nowhere\"", "millrace runs lists them", of: "nowhere")
      try expectRefusal("\"test\" could be 2 runs", ids[0], ids[1], of: "test")
    }

    @Test("one whose topology is another now; put back, it goes on")
    func topologyChanged() throws {
      try workspace.crash(.concatenation)
      let topology = try workspace.read("t.yaml")
      let text = String(decoding: topology, as: UTF8.self)
      for (old, new) in [("SELECT a,", "SELECT a + 1 AS a,"), ("1KiB", "2KiB")] {
        try workspace.write("t.yaml", text.replacingOccurrences(of: old, with: new))
        try expectRefusal(
          "t.yaml: error: run ", "cannot be resumed", "the topology, a file of its source",
          "put them back")
      }
      try workspace.write("t.yaml", "topology: [\n")
      try expectRefusal("t.yaml:", "not valid YAML")
      try FileManager.default.removeItem(atPath: workspace.path("t.yaml"))
      try expectRefusal("t.yaml", "no such file", "check the path")
      try workspace.write("t.yaml", topology)
      let summary = try workspace.expectResult(of: .concatenation, workspace.resume())
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
    }

    @Test("one whose source is another now")
    func sourceChanged() throws {
      try workspace.crash(.concatenation)
      let data = try workspace.read("in.csv")
      try workspace.write("in.csv", data + Data("1,2\n".utf8))
      try expectRefusal("cannot be resumed", "a file of its source")
      // The same size, other bytes.
      try workspace.write("in.csv", Data(data.dropLast(2)) + Data("y\n".utf8))
      try expectRefusal("cannot be resumed", "a file of its source")
      try FileManager.default.removeItem(atPath: workspace.path("in.csv"))
      try expectRefusal("in.csv", "check the path")
      #expect(!workspace.has("out.csv"))
    }

    @Test("what does not change the result may change")
    func settingsChanged() throws {
      try workspace.crash(.concatenation)
      let text = String(decoding: try workspace.read("t.yaml"), as: UTF8.self)
      try workspace.write(
        "t.yaml",
        text.replacingOccurrences(of: "workers: 2", with: "workers: 1")
          + "credit: { bytes: 64KiB, partitions: 2 }\ntimeout: 60s\nbalance: round-robin\n"
          + "durability: process\non_failure: quarantine\n")
      let summary = try workspace.expectResult(of: .concatenation, workspace.resume())
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
    }

    @Test("one that failed for good: it would fail again")
    func failed() throws {
      try workspace.write("in.csv", "a,b\n1,0\n")
      try workspace.topology(sql: "SELECT a / b AS q FROM input")
      try workspace.expectFailure(1, "in.csv:2: error: division by zero")
      let again = try workspace.run("resume", "last")
      #expect([1, 2].contains(again.status))
      #expect(!again.standardError.contains("done again"), "\(again.standardError)")
      #expect(try workspace.onlyRun().state == "failed")
    }

    @Test("one whose ledger a newer version wrote")
    func newerLedger() throws {
      try workspace.crash(.sleeping)
      let ledger = try workspace.onlyRun().ledger
      // What is in the main file is right without them; they would hide the change.
      for suffix in ["-wal", "-shm"] {
        try FileManager.default.removeItem(atPath: ledger.path + suffix)
      }
      var bytes = try Data(contentsOf: ledger)
      // `user_version`, big-endian (sqlite.org/fileformat2.html, section 1.3).
      bytes.replaceSubrange(60..<64, with: [0, 0, 0, 99])
      try bytes.write(to: ledger)
      let run = try workspace.onlyRun()
      #expect(run.state == "damaged")
      try expectRefusal(
        "the ledger has version 99", "knows versions up to", "use the newer millrace")
      let shown = try workspace.run("show", run.id)
      #expect(shown.status == 2)
      #expect(shown.standardError.contains("the ledger has version 99"))
      #expect(try Data(contentsOf: ledger) == bytes)
      #expect(try workspace.run("runs", "--remove", run.id).status == 0)
      #expect(try workspace.listedRuns() == [])
    }

    @Test("one whose results a newer version wrote")
    func newerSegment() throws {
      try workspace.crash(.sleeping)
      let segment = try workspace.onlyRun().segment
      var bytes = try Data(contentsOf: segment)
      // Format 2, and the digest of that header.
      var header = Data("MRSEGMT\n".utf8) + [2, 0, 0, 0, 1, 0, 0, 0]
      header += Data(count: 40) + [0xbe, 0x2f, 0x7f, 0x0d, 0x7a, 0x20, 0x87, 0x9d]
      bytes.replaceSubrange(0..<64, with: header)
      try bytes.write(to: segment)
      let result = try workspace.run("resume", "last")
      #expect([1, 2].contains(result.status))
      for part in [
        segment.lastPathComponent, "the segment has format 2", "use the version of millrace",
      ] {
        #expect(result.standardError.contains(part), "\(result.standardError)")
      }
      #expect(try Data(contentsOf: segment) == bytes)
      try workspace.expectNothingLeft()
    }
  }
}
