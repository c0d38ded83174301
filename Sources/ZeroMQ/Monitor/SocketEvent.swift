/// What happened to a connection of a socket.
package struct SocketEvent: Hashable, Sendable {
  /// What happened.
  package let kind: Kind

  /// The address, as libzmq gives it; empty for some failures.
  package let endpoint: String

  /// The kinds of events.
  package enum Kind: Hashable, Sendable {
    /// The socket listens.
    case listening
    /// The socket could not listen; the words are the operating system's.
    case bindFailed(reason: String)
    /// A peer has connected; the handshake follows.
    case accepted
    /// A connection was there and could not be accepted.
    case acceptFailed(reason: String)
    /// The socket has connected; the handshake follows.
    case connected
    /// The peer has said who it is, and was admitted.
    case handshakeSucceeded
    /// The peer and this socket do not get on.
    case handshakeFailed(HandshakeFailure)
    /// The connection was lost.
    case disconnected
    /// The listener or connection was closed from this side.
    case closed
  }
}
