import CZeroMQ

/// The socket types of libzmq that this module uses.
package enum SocketKind: Hashable, Sendable {
  case push, pull, publish, subscribe
  /// Receives the events of a ``SocketMonitor``.
  case pair
  case request, reply
  /// Answers the questions of libzmq's authentication protocol, in any order.
  case router

  /// The name in ZeroMQ's documents, such as `PUSH`.
  package var name: String {
    switch self {
    case .push: "PUSH"
    case .pull: "PULL"
    case .publish: "PUB"
    case .subscribe: "SUB"
    case .pair: "PAIR"
    case .request: "REQ"
    case .reply: "REP"
    case .router: "ROUTER"
    }
  }

  var rawValue: CInt {
    switch self {
    case .push: ZMQ_PUSH
    case .pull: ZMQ_PULL
    case .publish: ZMQ_PUB
    case .subscribe: ZMQ_SUB
    case .pair: ZMQ_PAIR
    case .request: ZMQ_REQ
    case .reply: ZMQ_REP
    case .router: ZMQ_ROUTER
    }
  }
}
