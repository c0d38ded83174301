import Access
import ZeroMQ

/// Keys of a cluster, in a directory of its own.
struct TestKeys {
  let directory: KeyDirectory
  let supervisor: NodeKey

  init(in path: String) throws {
    directory = KeyDirectory(path: path)
    _ = try directory.create(nodes: [])
    supervisor = try directory.loadSupervisor()
  }

  /// The key of a node with this name, which gets in from now on.
  func add(_ name: String) throws -> NodeKey {
    try NodeKey.load(path: try directory.add(NodeName(name)))
  }

  func revoke(_ name: String) throws { _ = try directory.revoke(NodeName(name)) }

  func watch() throws -> AllowListWatch {
    try AllowListWatch(path: directory.allowList, interval: .milliseconds(10))
  }
}
