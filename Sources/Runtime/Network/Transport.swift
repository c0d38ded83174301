package import Access
package import ZeroMQ

/// How a process reaches the others: within this host, or over the network.
package enum Transport: Sendable {
  /// Through sockets in a private directory of this host, and within the process.
  case local(PrivateDirectory)
  /// Over TCP.
  case network(Network)

  /// What binding and connecting over TCP needs.
  package struct Network: Sendable {
    /// Who this process is, and who the supervisor is.
    package var credentials: Credentials
    /// The host at which sockets are bound; `nil`: the address of this host towards the supervisor.
    package var bindHost: String?
    /// The host that others connect to; `nil`: ``bindHost`` where that is one address, else the address
    /// of this host towards the supervisor.
    package var advertisedHost: String?
    /// The first port that is bound; `nil`: the system chooses.
    package var port: UInt16?
    /// Whether connections beyond this host may be without encryption.
    package var allowsInsecure: Bool

    package init(
      credentials: Credentials, bindHost: String? = nil, advertisedHost: String? = nil,
      port: UInt16? = nil, allowsInsecure: Bool = false
    ) {
      self.credentials = credentials
      self.bindHost = bindHost
      self.advertisedHost = advertisedHost
      self.port = port
      self.allowsInsecure = allowsInsecure
    }
  }

  /// Whether all peers are on this host.
  var isLocal: Bool { if case .local = self { true } else { false } }
}
