/// An address that sockets bind and connect to.
///
/// Values made by ``init(_:)`` are checked. Within a process `inproc`, on one host `ipc`, between
/// hosts `tcp`.
package enum Endpoint: Hashable, Sendable {
  /// A name within one context.
  case inproc(name: String)

  /// A Unix socket at an absolute path; its directory is private to this user.
  case ipc(path: String)

  /// A TCP address. `host` is a name, a number, `[number]` for IPv6, or `*` for all interfaces;
  /// port 0 asks the system to choose one.
  case tcp(host: String, port: UInt16)
}

extension Endpoint: CustomStringConvertible {
  /// The form that configuration files and libzmq use, such as `tcp://10.0.0.7:5555`.
  package var description: String {
    switch self {
    case .inproc(let name): "inproc://\(name)"
    case .ipc(let path): "ipc://\(path)"
    case .tcp(let host, 0): "tcp://\(host):*"
    case .tcp(let host, let port): "tcp://\(host):\(port)"
    }
  }
}

extension Endpoint {
  /// Whether only processes of this host can reach the address.
  ///
  /// A host name other than `localhost` counts as another host: what it stands for can change.
  package var isLocal: Bool {
    switch self {
    case .inproc, .ipc: true
    case .tcp(let host, _):
      host == "localhost" || host == "[::1]" || Self.isLoopbackIPv4(host)
    }
  }

  /// Whether `host` is a number within 127.0.0.0/8.
  private static func isLoopbackIPv4(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
