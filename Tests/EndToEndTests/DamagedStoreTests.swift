import Foundation
import Testing

extension EndToEnd {
  /// Results on disk that are not as they were written.
  @Suite("Damaged results", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct DamagedStoreTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    /// What may become of a file of results.
    enum Damage: String, CaseIterable, Sendable {
      /// Its last bytes are missing.
      case cut
      /// A byte in its middle is another.
      case flipped
      /// Its first bytes are others.
      case header
      /// Bytes follow that nobody wrote.
      case longer
      /// It is not there.
      case missing

      func damage(_ file: URL) throws {
        var data = try Data(contentsOf: file)
        switch self {
        case .cut: data.removeLast(9)
        case .flipped: data[data.count / 2] ^= 0x10
        case .header: data[3] ^= 0xFF
        case .longer: data += Data(repeating: 0xAB, count: 1_000)
        case .missing: return try FileManager.default.removeItem(at: file)
        }
        try data.write(to: file)
      }
    }

    @Test("the same bytes in the end, and it says what is done again", arguments: Damage.allCases)
    func damaged(damage: Damage) throws {
      try workspace.crash(.aggregation, at: .middle)
      let run = try workspace.onlyRun()
      let blocks = workspace.storedBlocks
      try damage.damage(run.segment)
      let resumed = try workspace.resume()
      let summary = try workspace.expectResult(of: .aggregation, resumed)
      let kept = try #require(summary["resumed_partitions"] as? Int)
      #expect(resumed.standardError.contains("warning: stored results: "))
      switch damage {
      case .missing:
        #expect(kept == 0)
        #expect(resumed.standardError.contains("done again"))
      case .longer, .header:
        #expect(kept >= blocks)
        #expect(resumed.standardError.contains("000001.segment: "))
      case .cut, .flipped:
        // One block at most is lost.
        #expect(kept >= blocks - 1)
        #expect(kept < SlowRun.partitions)
        #expect(
          resumed.standardError.contains(
            /000001\.segment: \d+ bytes from byte \d+ on are not as they were written.*done again/),
          "\(resumed.standardError)")
      }
      let shown = try workspace.run("show", "last")
      #expect(shown.standardOutput.contains("done again"), "\(shown.standardOutput)")
    }

    @Test("a ledger that is none: the run is listed as damaged, and the others as before")
    func brokenLedger() throws {
      try workspace.sleepTopology(partitions: 1)
      for _ in 0..<2 { #expect(try workspace.run("run", workspace.path("t.yaml")).status == 0) }
      let newest = try workspace.listedRuns()[0]
      for suffix in ["", "-wal", "-shm"] {
        let path = newest.ledger.path + suffix
        guard FileManager.default.fileExists(atPath: path) else { continue }
        try Data("no database, but a text of some length".utf8).write(
          to: URL(fileURLWithPath: path))
      }
      let runs = try workspace.listedRuns()
      #expect(runs.first { $0.id == newest.id }?.state == "damaged")
      #expect(runs.map(\.state).sorted() == ["damaged", "finished"])
      let resumed = try workspace.run("resume", newest.id)
      #expect(resumed.status == 2)
      #expect(resumed.standardError.contains(newest.ledger.path))
    }

    @Test(
      "a disk that is full: told in words, and gone on with when there is space",
      .enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
    func fullDisk() throws {
      let disk = try SmallDisk(at: workspace.path("disk"), kilobytes: 2 << 10)
      try workspace.write("in.csv", "a,b\n" + (0..<20_000).map { "\($0),\($0)\n" }.joined())
      try workspace.topology(
        partition: "1KiB", source: "columns: { b: text }",
        sql: "SELECT a, repeat(b, 100) AS text FROM input")
      let environment = ["MILLRACE_RUNS": disk.path]
      let result = try workspace.start(["run", workspace.path("t.yaml")], environment: environment)
        .wait()
      try workspace.expect(
        result, failed: 1, [disk.path, "No space left on device", "go on with: millrace resume"])
      try disk.grow(kilobytes: 64 << 10)
      let resumed = try workspace.resume(environment: environment)
      #expect(resumed.status == 0, "\(resumed.standardError)")
      let summary = try #require(try resumed.objects().last)
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
      let expected =
        "a,text\n"
        + (0..<20_000).map { "\($0),\(String(repeating: "\($0)", count: 100))\n" }.joined()
      #expect(try workspace.read("out.csv") == Data(expected.utf8))
      try workspace.expectNothingLeft()
    }
  }
}
