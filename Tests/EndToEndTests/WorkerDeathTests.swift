import Foundation
import Testing

extension EndToEnd {
  /// Processes that die or freeze in the middle of a run.
  @Suite("Dying processes", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct WorkerDeathTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test("kill -9 of a worker: same bytes, and the summary says who, how and what")
    func killed() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      let worker = try command.waitUntilWorking()[0]
      kill(worker, SIGKILL)
      let result = command.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult().utf8))
      let summary = result.standardError.split(separator: "\n").drop { !$0.hasPrefix("lost: ") }
      #expect(summary.first?.contains(/lost: 1 worker, \d+ partitions? re-queued/) == true)
      #expect(
        summary.dropFirst().first?.contains(
          /worker-\d \(pid \d+\) killed by signal 9 \(SIGKILL\); \d+ partitions? re-queued/)
          == true,
        "\(result.standardError)")
      #expect(result.standardError.contains("(pid \(worker)) killed by signal 9"))
      try workspace.expectNothingLeft()
    }

    @Test("SIGSTOP of a worker: it is evicted by its missed beats, and gone at the end")
    func stopped() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      let worker = try command.waitUntilWorking()[0]
      kill(worker, SIGSTOP)
      let result = command.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult().utf8))
      #expect(result.standardError.contains("(pid \(worker)) missed 3 beats"))
      #expect(result.standardError.contains("re-queued"))
      #expect(!ProcessTable.isAlive(worker))
      try workspace.expectNothingLeft()
    }

    @Test("kill -9 of all workers but one: it does the work of all")
    func oneLeft() throws {
      let command = try workspace.start(
        ["run", try workspace.slowTopology(), "--workers", "4", "--set", "source.deliver=inline"])
      for worker in try command.waitUntilWorking(4).dropLast() { kill(worker, SIGKILL) }
      let result = command.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult().utf8))
      #expect(result.standardError.contains("lost: 3 workers"), "\(result.standardError)")
      try workspace.expectNothingLeft()
    }

    @Test("kill -9 of two workers at once: two go on until the others are replaced")
    func twoAtOnce() throws {
      let topology = try workspace.write(.aggregation)
      let command = try workspace.start(["run", topology, "--workers", "4", "--json"])
      try Moment.early.wait(for: command, in: workspace)
      for worker in command.workers.prefix(2) { kill(worker, SIGKILL) }
      let summary = try workspace.expectResult(of: .aggregation, command.wait())
      #expect(summary["deaths"] as? Int == 2)
    }

    @Test("a worker that is only slow to answer for a moment comes back and is not told about")
    func hiccup() throws {
      let command = try workspace.start(
        ["run", try workspace.slowTopology(), "--set", "liveness.missed=100"])
      let worker = try command.waitUntilWorking()[0]
      kill(worker, SIGSTOP)
      let before = ProcessTable.processorSeconds(of: command.processID)
      _ = try Condition.wait("the other worker to go on") {
        ProcessTable.processorSeconds(of: command.processID) > before ? true : nil
      }
      kill(worker, SIGCONT)
      let result = command.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult().utf8))
      #expect(!result.standardError.contains("lost:"), "\(result.standardError)")
      try workspace.expectNothingLeft()
    }

    @Test("kill -9 of all workers: others take their place")
    func allKilled() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      for worker in try command.waitUntilWorking() { kill(worker, SIGKILL) }
      let result = command.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult().utf8))
      #expect(result.standardError.contains("lost: 2 workers"), "\(result.standardError)")
      try workspace.expectNothingLeft()
    }

    @Test("kill -9 of the coordinator: its workers leave by themselves")
    func coordinatorKilled() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      let workers = try command.waitUntilWorking()
      command.send(SIGKILL)
      #expect(command.wait().status == 128 + SIGKILL)
      _ = try Condition.wait("the workers' end") {
        workers.allSatisfy { !ProcessTable.isAlive($0) } ? true : nil
      }
      #expect(!workspace.has("out.csv"))
    }

    @Test(
      "workers are processes of their own, and sockets lie in a directory that nobody may enter")
    func separateProcesses() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      let workers = try command.waitUntilWorking()
      #expect(Set(workers + [command.processID]).count == 3)
      let sockets = ProcessTable.listeningSockets(under: workspace.temporary.path)
      // Beats, roster, results, and a lane for each worker.
      #expect(sockets.count == 5, "\(sockets)")
      let directories = Set(
        sockets.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path })
      #expect(directories.count == 1)
      for directory in directories {
        let attributes = try FileManager.default.attributesOfItem(atPath: directory)
        #expect(attributes[.posixPermissions] as? Int == 0o700)
      }
      #expect(command.wait().status == 0)
      #expect(ProcessTable.listeningSockets(under: workspace.temporary.path) == [])
      try workspace.expectNothingLeft()
    }
  }
}
