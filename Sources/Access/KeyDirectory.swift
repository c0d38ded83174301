#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The supervisor's directory of keys, of mode 0700: `supervisor.key`, `allowed`, and a `NAME.key`
/// for each node, to be carried to its host.
package struct KeyDirectory: Hashable, Sendable {
  /// Its path.
  package let path: String

  /// The directory at a path, whether it is there or not.
  package init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The file of the supervisor's own key.
  package var supervisorKey: String { "\(path)/supervisor.key" }

  /// The file of the allow-list.
  package var allowList: String { "\(path)/allowed" }

  /// The file of a node's key.
  package func keyFile(of name: NodeName) -> String { "\(path)/\(name).key" }

  /// There while keys are made for the first time: what lies beside it is not finished.
  var unfinishedMark: String { "\(path)/.unfinished" }

  var isUnfinished: Bool { access(unfinishedMark, F_OK) == 0 }

  /// The supervisor's key.
  ///
  /// - Throws: ``AccessError`` as ``NodeKey/load(path:)``, or if the file is a node's.
  package func loadSupervisor() throws(AccessError) -> NodeKey {
    guard !isUnfinished else {
      throw AccessError(
        .notFound, path, "the making of its keys was broken off",
        remedy: "millrace keys init \(path)")
    }
    let key: NodeKey
    do {
      key = try NodeKey.load(path: supervisorKey)
    } catch  where error.code == .notFound {
      throw AccessError(
        .notFound, supervisorKey, "there are no keys here", remedy: "millrace keys init \(path)")
    }
    guard key.isSupervisor else {
      throw AccessError(
        .malformed, supervisorKey, "this is the key of a node, not the supervisor's",
        remedy: "put the file back that `millrace keys init` made")
    }
    return key
  }
}
