package import ZeroMQ

/// The one address a node must know: where the supervisor is.
package struct SupervisorAddress: Sendable, Equatable {
  /// The supervisor's SUB socket.
  package var beats: Endpoint
  /// The supervisor's PUB socket.
  package var roster: Endpoint
  /// The supervisor's REP socket.
  package var commands: Endpoint
  /// The supervisor's PULL socket.
  package var receipts: Endpoint

  /// The first of the supervisor's ports where none is given.
  package static let defaultPort: UInt16 = 5700
  /// Beats, roster, commands and receipts have a port each, one after the other.
  private static let ports: UInt16 = 4

  /// The supervisor in a private directory of this host.
  ///
  /// - Throws: ``ZeroMQError`` when the path is too long for a socket.
  package init(directory: PrivateDirectory) throws(ZeroMQError) {
    beats = try directory.endpoint("supervisor.beats")
    roster = try directory.endpoint("supervisor.roster")
    commands = try directory.endpoint("supervisor.commands")
    receipts = .inproc(name: "supervisor.receipts")
  }

  /// The supervisor at `HOST` or `HOST:PORT`; an IPv6 address stands in brackets where a port follows.
  /// To bind, the host may be `*` for all interfaces.
  ///
  /// - Throws: ``RuntimeError`` when the text is no such address or the port leaves no room for the
  ///   three that follow it.
  package init(network text: String) throws(RuntimeError) {
    let (host, port) = try Self.split(text)
    guard port > 0, port <= UInt16.max - (Self.ports - 1) else {
      throw RuntimeError(
        "\(text): the supervisor uses the given port and the three after it; choose a port from 1 to "
          + "\(UInt16.max - (Self.ports - 1))")
    }
    beats = .tcp(host: host, port: port)
    roster = .tcp(host: host, port: port + 1)
    commands = .tcp(host: host, port: port + 2)
    receipts = .tcp(host: host, port: port + 3)
    do throws(ZeroMQError) {
      try beats.check()
    } catch {
      throw RuntimeError("\(text): \(error.reason); give HOST or HOST:PORT")
    }
  }

  /// Whether only processes of this host can reach it, so that no keys are needed.
  package var isLocal: Bool { beats.isLocal }

  private static func split(_ text: String) throws(RuntimeError) -> (String, UInt16) {
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    if colons > 1, !text.hasPrefix("[") { return ("[\(text)]", defaultPort) }
    guard let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") else {
      return (text, defaultPort)
    }
    guard let port = UInt16(text[text.index(after: colon)...]) else {
      throw RuntimeError(
        "\(text): the port is not a number from 1 to 65535; give HOST or HOST:PORT")
    }
    return (String(text[..<colon]), port)
  }
}
