import Foundation
import Testing

extension EndToEnd {
  /// A cluster whose processes are killed in mid-run.
  @Suite("Killed in mid-run in a cluster", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct ClusterDeathTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test(
      "and started again, a role goes on where it was",
      arguments: ["supervisor", "ventilator", "sink", "worker"], [false, true])
    func startedAgain(role: String, keys: Bool) throws {
      let cluster = try TestCluster(workspace, keys: keys)
      let topology = try workspace.slowTopology(rows: 800)
      try cluster.startAll()
      let run = try cluster.ask("submit", topology, "--wait", "--json")
      try cluster.waitUntilDone(partitions: 25)
      let name = role == "worker" ? "worker-1" : role
      cluster.kill(name)
      try cluster.start(role, as: name)
      let result = run.wait()
      #expect(result.status == 0, "\(result.standardError)")
      let summary = try #require(try result.objects().last)
      #expect(summary["event"] as? String == "summary")
      #expect(summary["partitions"] as? Int == 400)
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult(rows: 800).utf8))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("a coordinator and its workers go on")
    func coordinator() throws {
      let cluster = try TestCluster(workspace)
      let topology = try workspace.slowTopology(rows: 1200)
      try cluster.start("coordinator")
      for number in 1...2 { try cluster.start("worker", as: "worker-\(number)") }
      let run = try cluster.ask("submit", topology, "--wait", "--json")
      try cluster.waitUntilDone(partitions: 25)
      cluster.kill("coordinator")
      try cluster.start("coordinator")
      let result = run.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult(rows: 1200).utf8))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("a sink keeps nothing of runs that are over")
    func resultsOfThePast() throws {
      let cluster = try TestCluster(workspace)
      let topology = try workspace.slowTopology(rows: 100)
      try cluster.startAll()
      #expect(try cluster.ask("submit", topology, "--wait").wait().status == 0)
      let results = workspace.path("sink/results")
      try FileManager.default.createDirectory(
        atPath: results + "/00000000000000ff", withIntermediateDirectories: false)
      try Condition.wait("no results of the past") {
        try FileManager.default.contentsOfDirectory(atPath: results).isEmpty ? true : nil
      }
      cluster.endAll()
      try workspace.expectNothingLeft()
    }
  }
}
