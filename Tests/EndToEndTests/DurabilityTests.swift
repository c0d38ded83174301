import Foundation
import Testing

extension EndToEnd {
  /// Where runs are kept, and how durable they are.
  @Suite("Durability")
  struct DurabilityTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test("process: survives the death of the process", arguments: ["process", "machine"])
    func survives(durability: String) throws {
      try workspace.crash(
        workspace.start([
          "run", try workspace.write(.aggregation), "--set", "durability=\(durability)",
        ]), at: .middle)
      #expect(try workspace.onlyRun().durability == durability)
      let summary = try workspace.expectResult(of: .aggregation, workspace.resume())
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
    }

    @Test("a run stays as durable as it was begun, whatever its topology says later")
    func turnedOffLater() throws {
      let topology = try workspace.write(.aggregation)
      try workspace.crash(workspace.start(["run", topology]), at: .middle)
      let text = try String(contentsOfFile: topology, encoding: .utf8)
      try (text + "\ndurability: off\n").write(
        toFile: topology, atomically: true, encoding: .utf8)
      let summary = try workspace.expectResult(of: .aggregation, workspace.resume())
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
    }

    @Test("off: the same bytes, and nothing on record", arguments: SlowRun.allCases)
    func off(run: SlowRun) throws {
      let topology = try workspace.write(run, rest: "durability: off")
      let result = try workspace.run("run", topology, "--json")
      try workspace.expectResult(of: run, result)
      #expect(!FileManager.default.fileExists(atPath: workspace.runs.path))
      #expect(try workspace.listedRuns() == [])
      #expect(try workspace.run("resume", "last").status == 2)
    }

    @Test("off: what cannot be kept in quarantine is still told")
    func offQuarantine() throws {
      try workspace.write("in.csv", "a,b\n1,0\n")
      let topology = try workspace.topology(
        sql: "SELECT a / b AS q FROM input", rest: "durability: off\non_failure: quarantine")
      let result = try workspace.run("run", topology)
      #expect(result.status == 0, "\(result.standardError)")
      #expect(result.standardError.contains("partition 0 is in quarantine after 1 attempt"))
      #expect(!result.standardError.contains("millrace replay"))
      try workspace.expectNothingLeft()
    }

    @Test("the results of a run that has finished are removed, its record stays")
    func removesResults() throws {
      try workspace.write("in.csv", "a,b\n1,2\n")
      #expect(try workspace.run("run", workspace.topology()).status == 0)
      let run = try workspace.onlyRun()
      #expect(!FileManager.default.fileExists(atPath: run.directory.path + "/results"))
      let attributes = try FileManager.default.attributesOfItem(atPath: run.directory.path)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
    }

    @Test("a place for runs that is a file, or lies below one")
    func fileInPlace() throws {
      let file = try workspace.write("in.csv", "a,b\n1,2\n")
      let topology = try workspace.topology()
      for place in [file, file + "/deeper"] {
        let environment = ["MILLRACE_RUNS": place]
        let result = try workspace.run("run", topology, environment: environment)
        try workspace.expect(result, failed: 2, [place, "ot a directory", "check MILLRACE_RUNS"])
        let listed = try workspace.run("runs", environment: environment)
        #expect(listed.status == 2)
        #expect(listed.standardError.contains("check MILLRACE_RUNS"))
      }
    }

    @Test(
      "a place where no directory can be made",
      .enabled(if: FileManager.default.fileExists(atPath: "/proc/self"), "needs /proc"))
    func noDirectory() throws {
      try workspace.write("in.csv", "a,b\n1,2\n")
      let result = try workspace.run(
        "run", try workspace.topology(), environment: ["MILLRACE_RUNS": "/proc/millrace/runs"])
      try workspace.expect(result, failed: 2, ["error: /proc/millrace", "MILLRACE_RUNS"])
    }

    @Test(
      "a directory that must not be written",
      .enabled(if: geteuid() != 0, "root may write everywhere"))
    func notWritable() throws {
      try workspace.write("in.csv", "a,b\n1,2\n")
      let locked = workspace.path("locked")
      try FileManager.default.createDirectory(
        atPath: locked, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o500])
      let result = try workspace.run(
        "run", try workspace.topology(), environment: ["MILLRACE_RUNS": locked])
      try workspace.expect(result, failed: 2, [locked, "ermission", "MILLRACE_RUNS"])
    }

    @Test("without MILLRACE_RUNS: the place for a user's state, or else the home directory")
    func standardPlaces() throws {
      try workspace.write("in.csv", "a,b\n1,2\n")
      let topology = try workspace.topology()
      let state = ["MILLRACE_RUNS": "", "XDG_STATE_HOME": workspace.path("state")]
      #expect(try workspace.run("run", topology, environment: state).status == 0)
      #expect(
        try workspace.onlyRun(environment: state).directory.path.hasPrefix(
          workspace.path("state/millrace/runs/")))
      let home = ["MILLRACE_RUNS": "", "HOME": workspace.path("own")]
      #expect(try workspace.run("run", topology, environment: home).status == 0)
      #expect(
        try workspace.onlyRun(environment: home).directory.path.hasPrefix(
          workspace.path("own/.local/state/millrace/runs/")))
      let nowhere = ["MILLRACE_RUNS": "", "HOME": ""]
      let result = try workspace.run("run", topology, environment: nowhere)
      #expect(result.status == 2)
      #expect(result.standardError.contains("set MILLRACE_RUNS to a directory of your own"))
    }
  }
}
