import Foundation
import Testing

extension EndToEnd {
  /// Who gets into a cluster, and who is told why not.
  @Suite("Access to a cluster", .enabled(if: ProcessTable.isReadable, "needs /proc"))
  struct ClusterAccessTests {
    let workspace: Workspace
    init() throws { workspace = try Workspace() }

    @Test(
      "nothing goes beyond this host without keys",
      arguments: [
        ["supervisor", "--listen", "0.0.0.0:9400", "--state", "STATE"],
        ["coordinator", "--listen", "*:9400", "--advertise", "here", "--state", "STATE"],
        ["ventilator", "--to", "127.0.0.1:9400", "--bind", "0.0.0.0"],
        ["sink", "--to", "127.0.0.1:9400", "--advertise", "sink.example", "--state", "STATE"],
        ["worker", "--to", "supervisor.example"], ["status", "--to", "supervisor.example"],
        ["submit", "TOPOLOGY", "--to", "10.0.0.7"],
      ])
    func refused(arguments: [String]) throws {
      let topology = try workspace.sleepTopology(partitions: 1)
      let result = try workspace.start(
        arguments.map {
          $0 == "STATE" ? workspace.path("state") : $0 == "TOPOLOGY" ? topology : $0
        }
      ).wait()
      #expect(result.status == 2, "\(result.standardError)")
      #expect(result.standardError.contains("millrace keys"))
      #expect(result.standardError.contains("--insecure"))
      #expect(result.seconds < 10)
    }

    @Test("a client without a key learns nothing, one whose key was revoked neither")
    func strangers() throws {
      let cluster = try TestCluster(workspace, keys: true)
      try cluster.startAll(workers: 1)
      try cluster.waitUntilListed("worker", 1)
      let stranger = try workspace.run("status", "--to", cluster.address)
      #expect(stranger.status == 69)
      #expect(stranger.standardOutput == "")
      #expect(stranger.standardError.contains("give one with --key-file"))
      let keep = workspace.path("client.key")
      try FileManager.default.copyItem(atPath: workspace.path("keys/client.key"), toPath: keep)
      #expect(
        try workspace.run("status", "--to", cluster.address, "--key-file", keep).status == 0)
      let revoked = try workspace.run("keys", "revoke", "client", "--keys", workspace.path("keys"))
      #expect(revoked.status == 0, "\(revoked.standardError)")
      try Condition.wait("the supervisor to follow its list") {
        let status = try workspace.run("status", "--to", cluster.address, "--key-file", keep)
        return status.status == 0 ? nil : status
      }
      let said = cluster.endAll()
      #expect(said["supervisor"]?.contains("client is shut out") == true)
      try workspace.expectNothingLeft()
    }

    @Test("a health check finds this host's node by its role")
    func healthCheck() throws {
      let cluster = try TestCluster(workspace)
      try cluster.start("supervisor")
      try cluster.start("sink")
      try cluster.waitUntilListed("sink", 1)
      #expect(try cluster.ask("status", "--self").wait().status == 0)
      #expect(try cluster.ask("status", "--self", "--role", "sink").wait().status == 0)
      #expect(try cluster.ask("status", "--self", "--role", "supervisor").wait().status == 0)
      let worker = try cluster.ask("status", "--self", "--role", "worker").wait()
      #expect(worker.status == 1)
      #expect(worker.standardError.contains("takes part as worker"))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("a second supervisor is refused the directory and the address of the first")
    func secondSupervisor() throws {
      let cluster = try TestCluster(workspace)
      try cluster.start("supervisor")
      try cluster.waitUntilListed("supervisor", 1)
      let same = try workspace.run(
        "supervisor", "--listen", cluster.address, "--state", workspace.path("supervisor"))
      #expect(same.status == 1)
      #expect(same.standardError.contains("another supervisor that is alive"))
      let other = try workspace.run(
        "supervisor", "--listen", cluster.address, "--state", workspace.path("other"))
      #expect(other.status == 1)
      #expect(other.standardError.contains(cluster.address))
      cluster.endAll()
      try workspace.expectNothingLeft()
    }

    @Test("who asks where nobody is, is told so")
    func nobody() throws {
      let result = try workspace.run("cancel", "last", "--to", "127.0.0.1:9399")
      #expect(result.status == 69)
      #expect(result.standardError.contains("no supervisor answered within 10"))
    }
  }
}
