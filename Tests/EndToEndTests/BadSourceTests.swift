import Foundation
import Testing

extension EndToEnd {
  /// Sources that cannot be read.
  @Suite("Bad sources")
  struct BadSourceTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test("a file that is not there")
    func missing() throws {
      try workspace.topology(files: "nowhere.csv")
      try workspace.expectFailure(
        2, "t.yaml:3:10: error: cannot read '\(workspace.path("nowhere.csv"))'", "check the path")
    }

    @Test("a glob that matches nothing")
    func emptyGlob() throws {
      try workspace.topology(files: "nowhere-*.csv")
      try workspace.expectFailure(
        2, "t.yaml:3:10: error: '\(workspace.path("nowhere-*.csv"))' matches nothing",
        "check the path and the pattern")
    }

    @Test("a directory instead of a file")
    func directory() throws {
      try workspace.topology(files: "t")
      try workspace.expectFailure(
        2, "t.yaml:3:10: error: '\(workspace.path("t"))' is a directory", "t/*.csv'")
    }

    @Test("a path through something that is no directory")
    func notADirectory() throws {
      try workspace.write("in.csv", "a,b\n1,2\n")
      try workspace.topology(files: "in.csv/deeper.csv")
      try workspace.expectFailure(
        2, "t.yaml:3:10: error:", "in.csv/deeper.csv", "not a directory", "check the path")
    }

    @Test("an unreadable directory", .enabled(if: geteuid() != 0, "root may read everything"))
    func unreadable() throws {
      let locked = workspace.path("locked")
      try FileManager.default.createDirectory(
        atPath: locked, withIntermediateDirectories: false, attributes: [.posixPermissions: 0])
      try workspace.topology(files: "locked/in.csv")
      try workspace.expectFailure(2, "t.yaml:3:10: error:", "locked", "permission")
    }

    @Test("a file that changes between its plan and its end", arguments: ["inline", "reference"])
    func changes(deliver: String) throws {
      let command = try workspace.start(
        [
          "run", try workspace.slowTopology(rows: 400), "--set", "source.deliver=\(deliver)",
          // So that the source is not cut and read long before it is used.
          "--set", "credit={ bytes: 64KiB, partitions: 2 }",
        ])
      _ = try command.waitUntilWorking()
      #expect(truncate(workspace.path("in.csv"), 50_000) == 0)
      try workspace.expect(command.wait(), failed: 1, ["in.csv", "run again"])
    }

    @Test("a file that becomes shorter while workers look at it")
    func shorter() throws {
      let line = String(repeating: "x", count: 90)
      try workspace.write("in.csv", "a,b\n" + (0..<200_000).map { "\($0),\(line)\n" }.joined())
      let topology = try workspace.topology(
        partition: "4MiB",
        sql: "SELECT sum(octet_length(repeat(repeat(b, 20), 30))) AS size FROM input")
      let command = try workspace.start(["run", topology])
      _ = try command.waitUntilWorking()
      #expect(truncate(workspace.path("in.csv"), 100_000) == 0)
      try workspace.expect(
        command.wait(), failed: 1, ["in.csv", "changed", "run again"])
    }

    @Test("an empty file")
    func empty() throws {
      try workspace.write("in.csv", "")
      try workspace.topology()
      try workspace.expectFailure(2, "in.csv: error: the file is empty", "write a header line")
    }

    @Test("a header and no record: an output with a header and no row")
    func headerOnly() throws {
      try workspace.write("in.csv", "a,b\n")
      let result = try workspace.run("run", workspace.topology())
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try workspace.read("out.csv") == Data("a,b\n".utf8))
      try workspace.expectNothingLeft()
    }

    @Test("a header and no record: counted as none")
    func headerOnlyCounted() throws {
      try workspace.write("in.csv", "a,b\n")
      let topology = try workspace.topology(sql: "SELECT count(*) AS n, max(a) AS most FROM input")
      #expect(try workspace.run("run", topology).status == 0)
      #expect(try workspace.read("out.csv") == Data("n,most\n0,\n".utf8))
      try workspace.expectNothingLeft()
    }
  }
}
