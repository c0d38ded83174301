import Foundation
import Testing

extension EndToEnd {
  /// Workers that are alive and get nowhere.
  @Suite("Stuck workers", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct TimeoutTests {
    /// Short beats, so that little time passes.
    static let beats = "liveness: { interval: 50ms, missed: 3 }"
    /// The same where nobody is to be lost for missing some, as on a busy machine.
    static let patientBeats = "liveness: { interval: 50ms, missed: 60 }"

    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test(
      "are killed and replaced, the cause is told, and the partition is set aside",
      arguments: ["quarantine", "fail"])
    func stuck(onFailure: String) throws {
      let topology = try workspace.sleepTopology(
        partitions: 1, milliseconds: 60_000,
        rest: "timeout: 300ms\nattempts: 2\non_failure: \(onFailure)\n\(Self.patientBeats)")
      let result = try workspace.run("run", topology)
      #expect(result.status == (onFailure == "fail" ? 1 : 0), "\(result.standardError)")
      #expect(result.seconds < 20)
      let causes = result.standardError.matches(
        of:
          /worker-\d \(pid (\d+)\) has been at partition 0 for \d+\.\d+ s, longer than `timeout` allows/
      )
      #expect(causes.count == 2, "\(result.standardError)")
      #expect(Set(causes.map(\.output.1)).count == 2)
      #expect(result.standardError.contains(/worker-\d is started again/))
      #expect(result.standardError.contains("partition 0 is in quarantine after 2 attempts"))
      try workspace.expectNothingLeft()
      let shown = try workspace.run("show", "last").standardOutput
      #expect(shown.contains("partition 0, 2 attempts: "), "\(shown)")
    }

    @Test("many partitions: each is tried as often as it may be, and named")
    func many() throws {
      let topology = try workspace.sleepTopology(
        partitions: 3, milliseconds: 60_000,
        rest: "timeout: 200ms\nattempts: 1\n\(Self.patientBeats)")
      let result = try workspace.run("run", topology, "--json")
      #expect(result.status == 1)
      let objects = try result.objects()
      let given = objects.filter { $0["event"] as? String == "quarantined" }
      #expect(Set(given.compactMap { $0["partition"] as? Int }) == [0, 1, 2])
      #expect(given.allSatisfy { $0["attempts"] as? Int == 1 })
      let failed = try #require(objects.first { $0["event"] as? String == "failed" })
      #expect(
        (failed["reason"] as? String)?.contains("partitions 0, 1, 2 failed too often") == true)
      #expect(objects.last?["quarantined"] as? Int == 3)
      try workspace.expectNothingLeft()
    }

    @Test("a timeout that is long enough harms nobody")
    func longEnough() throws {
      let topology = try workspace.sleepTopology(partitions: 20, rest: "timeout: 30s")
      let result = try workspace.run("run", topology, "--json")
      #expect(result.status == 0)
      #expect(try result.objects().last?["deaths"] as? Int == 0)
    }

    @Test("SIGSTOP of a worker that nobody continues: killed and replaced, and the run goes on")
    func frozen() throws {
      let topology = try workspace.sleepTopology(partitions: 2_000, rest: Self.beats)
      let command = try workspace.start(["run", topology])
      try Moment.early.wait(for: command, in: workspace)
      let worker = try #require(command.workers.first)
      kill(worker, SIGSTOP)
      try Condition.wait("the frozen worker's end") {
        guard command.isRunning else { throw RunningCommand.EndedEarly() }
        return ProcessTable.isAlive(worker) ? nil : true
      }
      try Condition.wait("another worker in its place") {
        command.workers.count == 2 ? true : nil
      }
      let blocks = workspace.storedBlocks
      try Condition.wait("more results") { workspace.storedBlocks > blocks ? true : nil }
      command.send(SIGINT)
      let result = command.wait()
      #expect(result.status == 130)
      #expect(result.standardError.contains("(pid \(worker)) missed 3 beats"))
      #expect(result.standardError.contains(/worker-\d is started again/))
      try workspace.expectNothingLeft()
    }
  }
}
