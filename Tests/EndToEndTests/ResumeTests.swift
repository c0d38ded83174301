import Foundation
import Testing

extension EndToEnd {
  /// Runs whose coordinator dies, and `millrace resume`.
  @Suite("Resume", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct ResumeTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    /// What is killed when.
    static let crashes: [(SlowRun, Moment)] =
      Moment.allCases.map { (.concatenation, $0) }
      + [.middle, .ending].map { (.aggregation, $0) }
      + [(.sleeping, .middle)]

    @Test(
      "kill -9 of the coordinator, then resume: the bytes of an undisturbed run", arguments: crashes
    )
    func crashed(run: SlowRun, moment: Moment) throws {
      let seconds = try workspace.crash(
        workspace.start(["run", try workspace.write(run)]), at: moment)
      // Workers look at their coordinator with each beat, four times a second.
      #expect(seconds < 1, "workers outlived their coordinator by \(seconds) s")
      let blocks = workspace.storedBlocks

      let resumed = try workspace.resume()
      if moment == .begun, resumed.status == 2 {
        #expect(
          resumed.standardError.contains(
            "the process that made the run ended before it could begin")
            || resumed.standardError.contains("there are no runs yet"), "\(resumed.standardError)")
        if workspace.hasRuns {
          #expect(try workspace.run("runs", "--remove", "last").status == 0)
          #expect(try workspace.listedRuns() == [])
        }
        return
      }
      if moment == .ending, resumed.status == 2 {
        #expect(resumed.standardError.contains("the run has finished"))
        return try workspace.expectOutput(of: run)
      }
      let summary = try workspace.expectResult(of: run, resumed)
      let kept = try #require(summary["resumed_partitions"] as? Int)
      #expect(kept >= blocks)
      let listed = try workspace.onlyRun()
      #expect(listed.state == "finished")
      #expect(listed.stored == SlowRun.partitions)
      #expect(listed.sessions == 2)
    }

    @Test("killed again and again: each session goes on where the one before it was")
    func crashedAgain() throws {
      try workspace.crash(.concatenation, at: .early)
      try workspace.crash(workspace.start(["resume", "last"]), at: .working)
      // While it reads what was stored, or soon after.
      let third = try workspace.start(["resume", "last"])
      try Condition.wait("the third session") {
        try workspace.onlyRun().sessions == 3 ? true : nil
      }
      try workspace.crash(third, at: .recorded)
      try workspace.crash(workspace.start(["resume", "last"]), at: .middle)
      let blocks = workspace.storedBlocks
      let summary = try workspace.expectResult(of: .concatenation, workspace.resume())
      #expect(try #require(summary["resumed_partitions"] as? Int) >= blocks)
      #expect(try workspace.onlyRun().sessions == 5)
    }

    @Test("its coordinator and all its workers killed at once")
    func allKilled() throws {
      let command = try workspace.start(["run", try workspace.write(.aggregation)])
      try Moment.early.wait(for: command, in: workspace)
      for process in [command.processID] + command.workers { kill(process, SIGKILL) }
      #expect(command.wait().status == 128 + SIGKILL)
      let summary = try workspace.expectResult(of: .aggregation, workspace.resume())
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
    }

    @Test("a worker that is frozen when its coordinator dies does not stay for ever")
    func frozenWorker() throws {
      let topology = try workspace.write(.sleeping)
      // A shell that stays, as that of a script does: else the kernel would continue the worker,
      // whose process group would have lost its last parent.
      let shell = try workspace.start(
        program: "/bin/sh", ["-c", "\"$MILLRACE\" run \(topology); exec sleep 60"])
      try Condition.wait("results") { workspace.storedBlocks >= 4 ? true : nil }
      let coordinator = try #require(shell.workers.first)
      let worker = try #require(ProcessTable.children(of: coordinator).first)
      kill(worker, SIGSTOP)
      kill(coordinator, SIGKILL)
      try Condition.wait("the coordinator's end") {
        ProcessTable.isAlive(coordinator) ? nil : true
      }
      let resumed = try workspace.resume()
      let isLeft = ProcessTable.isAlive(worker)
      if isLeft { kill(worker, SIGKILL) }
      shell.send(SIGKILL)
      _ = shell.wait()
      #expect(!isLeft, "the frozen worker outlived its coordinator and the resume")
      try Condition.wait("its end") { ProcessTable.isAlive(worker) ? nil : true }
      try workspace.expectResult(of: .sleeping, resumed)
    }

    @Test("of three resumes at once one goes on with the run, the others are refused")
    func atOnce() throws {
      try workspace.crash(.sleeping)
      let commands = try (0..<3).map { _ in try workspace.start(["resume", "last", "--json"]) }
      let results = commands.map { $0.wait() }
      #expect(results.map(\.status).sorted() == [0, 2, 2])
      for result in results where result.status != 0 {
        #expect(
          result.standardError.contains("is being carried out by")
            || result.standardError.contains("the run has finished"), "\(result.standardError)")
      }
      try workspace.expectResult(of: .sleeping, try #require(results.first { $0.status == 0 }))
      #expect(try workspace.onlyRun().sessions == 2)
    }

    @Test("a worker killed while a run is gone on with")
    func workerKilled() throws {
      try workspace.crash(.aggregation)
      let command = try workspace.start(["resume", "last", "--json"])
      try Moment.working.wait(for: command, in: workspace)
      kill(try #require(command.workers.first), SIGKILL)
      let summary = try workspace.expectResult(of: .aggregation, command.wait())
      #expect(summary["deaths"] as? Int == 1)
    }

    @Test("Ctrl-C, then resume")
    func interrupted() throws {
      let command = try workspace.start(["run", try workspace.write(.concatenation)])
      try Moment.early.wait(for: command, in: workspace)
      command.send(SIGINT)
      let result = command.wait()
      let run = try workspace.onlyRun()
      try workspace.expect(
        result, failed: 130, ["interrupted by Ctrl-C", "go on with: millrace resume \(run.id)"])
      #expect(run.stored > 0)
      let resumed = try workspace.run("resume", run.id)
      #expect(resumed.status == 0, "\(resumed.standardError)")
      #expect(
        resumed.standardError.contains(/stored before and not done again: \d+ partitions/))
      try workspace.expectOutput(of: .concatenation)
    }

    @Test("with another number of workers", arguments: [3])
    func workers(count: Int) throws {
      try workspace.crash(.aggregation)
      let summary = try workspace.expectResult(
        of: .aggregation, workspace.resume("last", "--workers", "\(count)"))
      #expect(summary["workers"] as? Int == count)
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
    }

    @Test("by id, by its beginning, by its end, by name, as the last")
    func names() throws {
      try workspace.crash(.sleeping, at: .middle)
      let id = try workspace.onlyRun().id
      let names = [id, String(id.prefix(18)), String(id.suffix(4)), "test", "last"]
      for (number, name) in names.enumerated() {
        let copy = workspace.path("copy-\(number)")
        try FileManager.default.copyItem(atPath: workspace.runs.path, toPath: copy)
        let resumed = try workspace.resume(name, environment: ["MILLRACE_RUNS": copy])
        let summary = try workspace.expectResult(of: .sleeping, resumed)
        #expect(try #require(summary["resumed_partitions"] as? Int) > 0, "\(name)")
      }
    }

    @Test("of a run that was begun in its own directory, by a relative path")
    func relativePath() throws {
      try workspace.write(.concatenation)
      let command = try workspace.start(["run", "t.yaml"], in: workspace.root)
      try workspace.crash(command, at: .early)
      let summary = try workspace.expectResult(of: .concatenation, workspace.resume())
      #expect(try #require(summary["resumed_partitions"] as? Int) > 0)
    }

    @Test("with the --set values of its beginning")
    func overrides() throws {
      let file = workspace.path("other.csv")
      try workspace.crash(.concatenation, at: .early, "--set", "sink={ file: \(file) }")
      #expect(try workspace.resume().status == 0)
      #expect(try workspace.read("other.csv") == (try SlowRun.concatenation.expected()))
      #expect(!workspace.has("out.csv"))
      try workspace.expectNothingLeft()
    }
  }
}
