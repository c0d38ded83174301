import CZeroMQ

/// The socket types of libzmq that this module uses.
package enum SocketKind: Hashable, Sendable {
  case push, pull, publish, subscribe
  /// Receives the events of a ``SocketMonitor``.
  case pair
  /// Answers the questions of libzmq's authentication protocol.
  case reply

  /// The name in ZeroMQ's documents, such as `PUSH`.
  package var name: String {
    switch self {
    case .push: "PUSH"
    case .pull: "PULL"
    case .publish: "PUB"
    case .subscribe: "SUB"
    case .pair: "PAIR"
    case .reply: "REP"
    }
  }

  var rawValue: CInt {
    switch self {
    case .push: ZMQ_PUSH
    case .pull: ZMQ_PULL
    case .publish: ZMQ_PUB
    case .subscribe: ZMQ_SUB
    case .pair: ZMQ_PAIR
    case .reply: ZMQ_REP
    }
  }
}
