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
      arguments: [(SIGINT, "interrupted by Ctrl-C"), (SIGTERM, "told to end by SIGTERM")])
    func signalled(signal: Int32, message: String) throws {
      let command = try workspace.start(["run", try workspace.slowTopology()])
      _ = try command.waitUntilWorking()
      command.send(signal)
      let result = command.wait()
      try workspace.expect(result, failed: 128 + signal, [message])
      #expect(result.seconds < 20)
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
