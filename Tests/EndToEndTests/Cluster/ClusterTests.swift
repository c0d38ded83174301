import Foundation
import Testing

extension EndToEnd {
  /// A cluster whose processes stay alive.
  @Suite("A cluster", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct ClusterTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test("writes the same bytes as a run on this host", arguments: [false, true])
    func sameBytes(keys: Bool) throws {
      let cluster = try TestCluster(workspace, keys: keys)
      let topology = try workspace.write(.aggregation)
      try cluster.startAll()
      let result = try cluster.ask("submit", topology, "--wait", "--json").wait()
      try workspace.expect(SlowRun.aggregation, result)
      cluster.endAll()
      try workspace.expectOutput(of: .aggregation)
    }

    @Test("prints a table where it was submitted")
    func table() throws {
      let cluster = try TestCluster(workspace)
      let topology = try workspace.write(
        "t.yaml",
        """
        topology: numbers
        source: { range: { from: 0, to: 1000 }, partition: 100 }
        stages: [{ name: sum, sql: "SELECT count(*) AS n, sum(value) AS s FROM input" }]
        """)
      let here = try workspace.run("run", topology)
      try cluster.startAll(workers: 1)
      let there = try cluster.ask("submit", topology, "--wait").wait()
      #expect(there.status == 0, "\(there.standardError)")
      #expect(there.standardOutput == here.standardOutput)
      #expect(there.standardError.contains("numbers: 1,000 rows in 10 partitions"))
      // What was submitted without waiting is to be had later.
      let id = try cluster.ask("submit", topology).wait().standardOutput.filter { $0 != "\n" }
      let logs = try cluster.ask("logs", id, "--follow").wait()
      #expect(logs.standardOutput.contains("the run begins"))
      #expect(logs.standardOutput.contains("finished: numbers: 1,000 rows"))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("refuses in words a table that is too large to be shown")
    func largeTable() throws {
      let cluster = try TestCluster(workspace)
      let text = String(repeating: "x", count: 30)
      let columns = (1...20).map { "'\(text)' AS c\($0)" }.joined(separator: ", ")
      let topology = try workspace.write(
        "t.yaml",
        """
        topology: numbers
        source: { range: { from: 0, to: 500000 }, partition: 50000 }
        stages: [{ name: all, sql: "SELECT \(columns) FROM input" }]
        """)
      try cluster.startAll(workers: 1)
      let result = try cluster.ask("submit", topology, "--wait").wait()
      #expect(result.status == 1)
      #expect(result.standardError.contains("at most 4 MiB are shown to who submits a run"))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("carries out what waits, one run after the other")
    func queue() throws {
      let cluster = try TestCluster(workspace)
      let topology = try workspace.sleepTopology(partitions: 20)
      try cluster.start("supervisor")
      let ids = try (0..<3).map { _ in
        try cluster.ask("submit", topology).wait().standardOutput.filter { $0 != "\n" }
      }
      #expect(try cluster.runs().map(\.id) == ids)
      #expect(try cluster.runs().map(\.state) == ["running", "queued", "queued"])
      // One that waits is taken out.
      #expect(try cluster.ask("cancel", ids[1]).wait().status == 0)
      #expect(try cluster.ask("cancel", ids[1]).wait().status == 0)
      // A supervisor that ends and starts again knows all that.
      cluster.kill("supervisor")
      try cluster.startAll()
      let last = try cluster.ask("logs", ids[2], "--follow").wait()
      #expect(last.standardOutput.contains("finished: test: 20 rows"))
      #expect(try cluster.runs().map(\.state) == ["finished", "cancelled", "finished"])
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("ends a run that is cancelled, and goes on with the next")
    func cancel() throws {
      let cluster = try TestCluster(workspace)
      let topology = try workspace.sleepTopology(partitions: 400)
      try cluster.startAll()
      let first = try cluster.ask("submit", topology, "--wait")
      try cluster.waitUntilDone(partitions: 10)
      #expect(try cluster.ask("cancel", "last").wait().status == 0)
      let result = first.wait()
      #expect(result.status == 1)
      #expect(result.standardError.contains("cancelled with `millrace cancel`"))
      let next = try cluster.ask(
        "submit", try workspace.sleepTopology(partitions: 10), "--wait", "--quiet"
      ).wait()
      #expect(next.status == 0, "\(next.standardError)")
      #expect(try cluster.ask("cancel", "last").wait().standardError.contains("is over"))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("rejects a topology whose source or query is wrong where the ventilator is")
    func rejected() throws {
      let cluster = try TestCluster(workspace)
      try cluster.startAll(workers: 1)
      let missing = try cluster.ask(
        "submit", try workspace.topology(files: "none-*.csv"), "--wait"
      ).wait()
      #expect(missing.status == 2)
      #expect(missing.standardError.contains("none-*.csv' matches nothing"))
      try workspace.write("in.csv", "a,b\n1,2\n")
      let wrong = try cluster.ask(
        "submit", try workspace.topology(sql: "SELECT c FROM input"), "--wait"
      ).wait()
      #expect(wrong.status == 2)
      #expect(wrong.standardError.contains("t.yaml:9:14: error: "))
      #expect(try cluster.runs().map(\.state) == ["rejected", "rejected"])
      // What is wrong by itself is not even sent.
      let bad = try cluster.ask("submit", try workspace.write("bad.yaml", "topology: x\n")).wait()
      #expect(bad.status == 2)
      #expect(bad.standardError.contains("bad.yaml:1:1: error: "))
      let good = try cluster.ask("submit", try workspace.topology(), "--wait").wait()
      #expect(good.status == 0, "\(good.standardError)")
      #expect(try workspace.read("out.csv") == Data("a,b\n1,2\n".utf8))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("gets along with workers that come and go")
    func comeAndGo() throws {
      let cluster = try TestCluster(workspace)
      let topology = try workspace.slowTopology(rows: 400)
      try cluster.startAll(workers: 1)
      let run = try cluster.ask("submit", topology, "--wait", "--json")
      try cluster.waitUntilDone(partitions: 5)
      try cluster.start("worker", as: "worker-2")
      try cluster.waitUntilListed("worker", 2)
      let left = cluster.end("worker-1")
      #expect(left.status == 0, "\(left.standardError)")
      let result = run.wait()
      #expect(result.status == 0, "\(result.standardError)")
      let objects = try result.objects()
      let lost = try #require(objects.first { $0["event"] as? String == "lost" })
      #expect(lost["name"] as? String == "worker-1")
      #expect(objects.last?["deaths"] as? Int == 0)
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult(rows: 400).utf8))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("is one process and its workers, too", arguments: [false, true])
    func coordinator(keys: Bool) throws {
      let cluster = try TestCluster(workspace, keys: keys)
      let topology = try workspace.write(.concatenation)
      try cluster.start("coordinator")
      try cluster.start("worker")
      let result = try cluster.ask("submit", topology, "--wait", "--json").wait()
      try workspace.expect(SlowRun.concatenation, result)
      // Again, for a cluster outlives its runs.
      let again = try cluster.ask("submit", topology, "--wait", "--json").wait()
      try workspace.expect(SlowRun.concatenation, again)
      cluster.endAll()
      try workspace.expectOutput(of: .concatenation)
    }
  }
}

extension Workspace {
  /// Checks what `millrace submit --wait --json` told of a run that is whole.
  func expect(
    _ run: SlowRun, _ result: CommandResult, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(result.status == 0, "\(result.standardError)", sourceLocation: sourceLocation)
    let summary = try #require(try result.objects().last, sourceLocation: sourceLocation)
    #expect(summary["event"] as? String == "summary", sourceLocation: sourceLocation)
    #expect(summary["rows"] as? Int == run.rows, sourceLocation: sourceLocation)
    #expect(
      summary["partitions"] as? Int == SlowRun.partitions, sourceLocation: sourceLocation)
    if let expected = try run.expected() {
      #expect(try read("out.csv") == expected, sourceLocation: sourceLocation)
    }
  }
}
