import Foundation
import Testing

extension EndToEnd {
  /// `millrace worker`, started by hand.
  @Suite("A worker by hand", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct WorkerCommandTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test("joins a run, takes its share and leaves at the end")
    func joins() throws {
      let run = try workspace.start([
        "run", try workspace.slowTopology(), "--workers", "1", "--json",
      ])
      _ = try run.waitUntilWorking(1)
      let directory = workspace.temporary.appendingPathComponent(
        try #require(try workspace.leftovers().first))
      let worker = try workspace.start(
        ["worker", "--directory", directory.path, "--node", "99", "--name", "by-hand"])
      let result = run.wait()
      #expect(result.status == 0, "\(result.standardError)")
      #expect(try result.objects().contains { $0["name"] as? String == "by-hand" })
      #expect(worker.wait().status == 0)
      #expect(try workspace.read("out.csv") == Data(Workspace.slowResult().utf8))
      try workspace.expectNothingLeft()
    }

    @Test("is refused a directory that others may enter")
    func openDirectory() throws {
      let result = try workspace.run("worker", "--directory", workspace.root.path, "--node", "9")
      #expect(result.status == 1)
      #expect(result.standardError.contains("others may enter it"))
      #expect(result.standardError.contains(workspace.root.path))
    }

    @Test("leaves when no supervisor answers for its patience")
    func noSupervisor() throws {
      let directory = workspace.path("private")
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      let result = try workspace.run(
        "worker", "--directory", directory, "--node", "9", "--patience", "300")
      #expect(result.status == 1)
      #expect(result.standardError.contains("heard nothing from the supervisor"))
      #expect(result.seconds < 10)
    }
  }
}
