import Foundation
import Testing

extension EndToEnd {
  /// Runs that are told to end.
  @Suite("Interruption", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct InterruptionTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test(
      "leaves no process, no file and no half-written output",
      arguments: [
        (SIGINT, "interrupted by Ctrl-C"), (SIGTERM, "told to end by SIGTERM"),
        (SIGHUP, "the terminal was closed"),
      ])
    func signalled(signal: Int32, message: String) throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      _ = try command.waitUntilWorking()
      command.send(signal)
      let result = command.wait()
      try workspace.expect(result, failed: 128 + signal, [message])
      #expect(result.seconds < 20)
    }

    @Test("as soon as there is anything to leave behind")
    func early() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      _ = try Condition.wait("the run's directory") {
        try workspace.leftovers().isEmpty ? nil : true
      }
      command.send(SIGINT)
      try workspace.expect(command.wait(), failed: 130, ["interrupted by Ctrl-C"])
    }

    @Test("at the very end: either the output is there and all is well, or neither")
    func late() throws {
      let command = try workspace.start(["run", try workspace.slowTopology(rows: 60)])
      _ = try command.waitUntilWorking()
      _ = try Condition.wait("the workers' end") { command.workers.isEmpty ? true : nil }
      command.send(SIGINT)
      let result = command.wait()
      #expect([0, 130].contains(result.status), "\(result.standardError)")
      #expect(workspace.has("out.csv") == (result.status == 0), "\(result.standardError)")
      #expect(result.standardError.contains("result: ") == (result.status == 0))
      try workspace.expectNothingLeft()
    }

    @Test("keeps the output of an earlier run as it was")
    func earlierOutput() throws {
      let topology = try workspace.slowTopology()
      try workspace.write("out.csv", "earlier\n")
      let command = try workspace.start(["run", topology])
      _ = try command.waitUntilWorking()
      command.send(SIGINT)
      #expect(command.wait().status == 130)
      #expect(try workspace.read("out.csv") == Data("earlier\n".utf8))
      try workspace.expectNothingLeft()
    }

    @Test("of a whole group of processes, as a terminal does it, is told once")
    func terminal() throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      let workers = try command.waitUntilWorking()
      for process in workers + [command.processID] { kill(process, SIGINT) }
      let result = command.wait()
      try workspace.expect(result, failed: 130, ["interrupted by Ctrl-C"])
      #expect(!result.standardError.contains("worker-"), "\(result.standardError)")
    }
  }
}
