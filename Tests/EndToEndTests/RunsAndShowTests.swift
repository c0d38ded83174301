import Foundation
import Testing

extension EndToEnd {
  /// `millrace runs` and `millrace show`.
  @Suite("Runs on record", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct RunsAndShowTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    private func shown(_ name: String = "last") throws -> String {
      let result = try workspace.run("show", name)
      #expect(result.status == 0, "\(result.standardError)")
      #expect(result.standardError == "")
      return result.standardOutput
    }

    @Test("no run: an empty list")
    func none() throws {
      let result = try workspace.run("runs")
      #expect(result.status == 0)
      #expect(result.standardOutput == "")
      let show = try workspace.run("show", "last")
      #expect(show.status == 2)
      #expect(show.standardError.contains("there are no runs yet"))
    }

    @Test("what became of each run, the newest first")
    func states() throws {
      // One that fails, one that finishes, one that is stopped, one that dies and one that goes on.
      try workspace.write("in.csv", "a,b\n1,0\n")
      try workspace.topology(sql: "SELECT a / b AS q FROM input")
      #expect(try workspace.run("run", workspace.path("t.yaml")).status == 1)
      let topology = try workspace.sleepTopology(partitions: 2_000)
      let range = "source.range={ from: 0, to: 1 }"
      #expect(try workspace.run("run", topology, "--set", range).status == 0)
      let stopped = try workspace.start(["run", topology])
      try Moment.early.wait(for: stopped, in: workspace)
      stopped.send(SIGTERM)
      #expect(stopped.wait().status == 143)
      try workspace.expectNothingLeft()
      let dying = try workspace.start(["run", topology])
      try Condition.wait("results on record") {
        let newest = try workspace.listedRuns()[0]
        return newest.state == "running" && newest.stored > 0 ? true : nil
      }
      try workspace.crash(dying, at: .recorded)
      let going = try workspace.start(["run", topology])
      try Condition.wait("workers") { going.workers.count == 2 ? true : nil }

      let runs = try workspace.listedRuns()
      #expect(runs.map(\.state) == ["running", "interrupted", "cancelled", "finished", "failed"])
      let lines = try workspace.run("runs").standardOutput.split(separator: "\n")
      #expect(lines.count == 5)
      for (line, run) in zip(lines, runs) {
        #expect(line.hasPrefix(run.id))
        #expect(line.contains(run.state))
        #expect(line.contains(/\d stored$/))
      }
      #expect(runs[1].stored > 0)
      #expect(runs[3].stored == 1)

      for (index, isResumable) in [false, true, true, false, false].enumerated() {
        let hint = "go on with: millrace resume \(runs[index].id)"
        #expect(try shown(runs[index].id).contains(hint) == isResumable, "\(runs[index])")
      }
      going.send(SIGINT)
      #expect(going.wait().status == 130)
    }

    @Test("--remove takes a run away, and nothing else")
    func remove() throws {
      let topology = try workspace.sleepTopology(partitions: 1)
      for _ in 0..<3 { #expect(try workspace.run("run", topology).status == 0) }
      let runs = try workspace.listedRuns()
      let result = try workspace.run("runs", "--remove", runs[1].id)
      #expect(result.status == 0)
      #expect(result.standardError == "removed \(runs[1].id)\n")
      #expect(try workspace.listedRuns() == [runs[0], runs[2]])
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: workspace.runs.path).sorted()
          == [runs[0].id, runs[2].id].sorted())
      let unknown = try workspace.run("runs", "--remove", "nowhere")
      #expect(unknown.status == 2)
      #expect(unknown.standardError.contains("no run is called \"nowhere\""))
    }

    @Test("show tells who died, of what, what was re-queued and who took the place")
    func deaths() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      let worker = try command.waitUntilWorking()[0]
      kill(worker, SIGKILL)
      #expect(command.wait().status == 0)
      let run = try workspace.onlyRun()
      let text = try shown()
      for part in [
        "run \(run.id): finished", "topology    test (\(workspace.path("t.yaml")))",
        "stored      80 partitions", "process \(command.processID) on ",
      ] {
        #expect(text.contains(part), "\(text)")
      }
      #expect(
        text.contains(
          try Regex(#"\+\d+\.\d{3} s  worker-\d \(pid \#(worker)\) killed by signal 9 \(SIGKILL\)"#)
        ))
      #expect(text.contains(/\+\d+\.\d{3} s  \d+ partitions? of worker-\d re-queued/))
      #expect(text.contains(/\+\d+\.\d{3} s  worker-\d is started again/))
      #expect(text.contains(/\+\d+\.\d{3} s  finished/))

      let objects = try workspace.run("show", "last", "--json").objects()
      let events = objects.compactMap { $0["event"] as? String }
      #expect(events.count == objects.count)
      #expect(Array(events.prefix(2)) == ["run", "session"])
      #expect(events.last == "summary")
      let lost = try #require(objects.first { $0["event"] as? String == "lost" })
      #expect(lost["pid"] as? Int == Int(worker))
      #expect(events.contains("requeued"))
    }

    @Test("show tells of each session, while the run goes on as afterwards")
    func sessions() throws {
      try workspace.crash(.sleeping)
      #expect(try shown().contains(/session 1, .*, which died:/))
      let command = try workspace.start(["resume", "last"])
      try Moment.working.wait(for: command, in: workspace)
      let during = try shown()
      #expect(during.contains(": running"))
      #expect(during.contains(/session 1, .*, which died:/))
      #expect(during.contains("process \(command.processID) on "))
      #expect(command.wait().status == 0)
      let after = try shown()
      #expect(after.contains(/session 1, .*, which died:/))
      #expect(after.contains(/session 2, .* on \S+:/))
      #expect(!after.contains("go on with"))
      #expect(after.contains("stored      \(SlowRun.partitions) partitions"))
    }

    @Test("the newest fifty stay, and older ones that can go on")
    func prune() throws {
      let topology = try workspace.sleepTopology(partitions: 1, milliseconds: 0)
      #expect(try workspace.run("run", topology).status == 0)
      let finished = try workspace.onlyRun()
      try workspace.crash(.sleeping)
      // Older names and copies, rather than fifty runs.
      let interrupted = try workspace.listedRuns().first { $0.state == "interrupted" }
      try FileManager.default.moveItem(
        at: try #require(interrupted).directory,
        to: workspace.runs.appendingPathComponent("20190101-000000-test-0000"))
      for number in 10..<60 {
        try FileManager.default.copyItem(
          at: finished.directory,
          to: workspace.runs.appendingPathComponent("20200101-0000\(number)-test-0000"))
      }
      #expect(try workspace.run("run", topology).status == 0)
      let left = try workspace.listedRuns()
      #expect(left.count == 51)
      #expect(left.last?.id == "20190101-000000-test-0000")
      #expect(left.last?.state == "interrupted")
      #expect(left.contains(finished))
      #expect(left.dropLast().allSatisfy { $0.state == "finished" })
      // Of the copies the two oldest had to go.
      #expect(left.dropLast().last?.id == "20200101-000012-test-0000")
    }
  }
}
