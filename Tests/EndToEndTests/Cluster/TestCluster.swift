import Foundation
import Testing

/// A cluster on 127.0.0.1: each role a process of its own, started, killed and started again by a test.
///
/// `@unchecked Sendable`: used by one test.
final class TestCluster: @unchecked Sendable {
  let workspace: Workspace
  private let usesKeys: Bool
  private let port: UInt16
  private var processes: [String: RunningCommand] = [:]

  /// A cluster of which nothing is started.
  init(_ workspace: Workspace, keys: Bool = false) throws {
    self.workspace = workspace
    usesKeys = keys
    // Below the ports that the system gives out by itself.
    port = UInt16.random(in: 2_500...7_900) * 4
    if keys {
      let result = try workspace.run(
        "keys", "init", workspace.path("keys"), "--nodes", "ventilator,sink,worker,client")
      #expect(result.status == 0, "\(result.standardError)")
    }
  }

  deinit {
    for process in processes.values { process.send(SIGKILL) }
    for process in processes.values { _ = process.wait() }
  }

  /// Where the supervisor is.
  var address: String { "127.0.0.1:\(port)" }

  /// Starts a supervisor, a ventilator, a sink and workers.
  func startAll(workers: Int = 2) throws {
    for role in ["supervisor", "ventilator", "sink"] { try start(role) }
    for number in 1...workers { try start("worker", as: "worker-\(number)") }
  }

  /// Starts a role.
  func start(_ role: String, as name: String? = nil, _ more: [String] = []) throws {
    var arguments = [role]
    switch role {
    case "supervisor", "coordinator":
      arguments += ["--listen", address]
      if usesKeys { arguments += ["--keys", workspace.path("keys")] }
    default:
      arguments += ["--to", address, "--name", name ?? role]
      if usesKeys { arguments += ["--key-file", workspace.path("keys/\(role).key")] }
    }
    if role != "worker", role != "ventilator" { arguments += ["--state", workspace.path(role)] }
    processes[name ?? role] = try workspace.start(arguments + more)
  }

  /// Kills a role's process at once.
  ///
  /// - Returns: what it said.
  @discardableResult
  func kill(_ name: String) -> CommandResult { end(name, by: SIGKILL) }

  /// Tells a role's process to end, and waits for it.
  @discardableResult
  func end(_ name: String, by signal: Int32 = SIGTERM) -> CommandResult {
    guard let process = processes.removeValue(forKey: name) else {
      preconditionFailure("\(name) was not started")
    }
    process.send(signal)
    return process.wait()
  }

  /// Ends all roles, which must end well.
  ///
  /// - Returns: what each said.
  @discardableResult
  func endAll(sourceLocation: SourceLocation = #_sourceLocation) -> [String: String] {
    for process in processes.values { process.send(SIGTERM) }
    var said: [String: String] = [:]
    for (name, process) in processes {
      let result = process.wait()
      #expect(
        result.status == 0, "\(name): \(result.standardError)", sourceLocation: sourceLocation)
      said[name] = result.standardError
    }
    processes = [:]
    return said
  }

  /// Starts a command that asks the supervisor.
  func ask(_ arguments: String...) throws -> RunningCommand {
    var arguments = arguments + ["--to", address]
    if usesKeys { arguments += ["--key-file", workspace.path("keys/client.key")] }
    return try workspace.start(arguments)
  }

  /// What `millrace status` tells.
  func status() throws -> [[String: Any]] {
    let result = try ask("status", "--json").wait()
    #expect(result.status == 0, "\(result.standardError)")
    return try result.objects()
  }

  /// Waits until the workers have done this many partitions of the run that goes on.
  func waitUntilDone(partitions: Int) throws {
    try Condition.wait("\(partitions) partitions") {
      let done = try status().filter { ($0["roles"] as? [String]) == ["worker"] }
        .compactMap { $0["partitions"] as? Int }.reduce(0, +)
      return done >= partitions ? done : nil
    }
  }

  /// Waits until so many nodes with this role are listed.
  func waitUntilListed(_ role: String, _ count: Int) throws {
    try Condition.wait("\(count) \(role)s") {
      let listed = try status().count { ($0["roles"] as? [String])?.contains(role) == true }
      return listed == count ? listed : nil
    }
  }

  /// What is known of the runs, oldest first.
  func runs() throws -> [(id: String, state: String)] {
    try status().filter { $0["event"] as? String == "run" }.map { run in
      (try #require(run["run"] as? String), try #require(run["state"] as? String))
    }
  }
}
