import Foundation
import Testing

extension EndToEnd {
  /// `millrace keys`.
  @Suite("Keys")
  struct KeysCommandTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private func mode(_ name: String) throws -> Int? {
      let attributes = try FileManager.default.attributesOfItem(atPath: workspace.path(name))
      return attributes[.posixPermissions] as? Int
    }

    @Test("keys are made once, added, listed and revoked, and secrets are shown to nobody")
    func life() throws {
      let keys = workspace.path("keys")
      var printed = ""
      func keysCommand(_ arguments: String..., status: Int32) throws -> CommandResult {
        let result = try workspace.start(["keys"] + arguments).wait()
        #expect(result.status == status, "\(arguments): \(result.standardError)")
        printed += result.standardOutput + result.standardError
        return result
      }
      _ = try keysCommand("init", keys, "--nodes", "ventilator,sink", status: 0)
      #expect(try mode("keys") == 0o700)
      for name in ["supervisor.key", "ventilator.key", "sink.key", "allowed"] {
        #expect(try mode("keys/\(name)") == 0o600)
      }
      let secrets = try ["supervisor.key", "ventilator.key", "sink.key"].map { name in
        let text = try String(contentsOfFile: workspace.path("keys/\(name)"), encoding: .utf8)
        return try #require(text.split(separator: "\n").first { $0.hasPrefix("secret = ") })
          .dropFirst("secret = ".count)
      }

      let again = try keysCommand("init", keys, status: 2)
      #expect(again.standardError.contains("they are not overwritten"))
      _ = try keysCommand("init", keys, "--if-missing", "--nodes", "other", status: 0)
      _ = try keysCommand("add", "worker-7", "--keys", keys, status: 0)
      _ = try keysCommand("add", "worker-7", "--keys", keys, status: 2)
      _ = try keysCommand("add", "Worker 7", "--keys", keys, status: 2)
      let listed = try keysCommand("list", "--keys", keys, status: 0)
      #expect(
        listed.standardOutput.split(separator: "\n").map { $0.prefix { $0 != " " } }
          == ["supervisor", "ventilator", "sink", "worker-7"])
      _ = try keysCommand("revoke", "sink", "--keys", keys, status: 0)
      _ = try keysCommand("revoke", "sink", "--keys", keys, status: 2)
      let left = try keysCommand("list", "--keys", keys, "--json", status: 0)
      #expect(left.standardOutput.split(separator: "\n").count == 3)
      #expect(left.standardOutput.contains(#"{"event":"key","name":"worker-7","public":""#))
      #expect(!workspace.has("keys/sink.key"))

      try FileManager.default.setAttributes(
        [.posixPermissions: 0o640], ofItemAtPath: workspace.path("keys/supervisor.key"))
      let shared = try keysCommand("list", "--keys", keys, status: 2)
      #expect(shared.standardError.contains("chmod 600 \(keys)/supervisor.key"))
      let none = try keysCommand("list", "--keys", workspace.path("none"), status: 2)
      #expect(none.standardError.contains("millrace keys init"))
      for secret in secrets { #expect(!printed.contains(secret)) }
    }
  }
}
