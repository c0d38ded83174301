import PipelineCore
import ZeroMQ

/// The socket through which a worker sends results to one sink incarnation.
final class ConnectedSink {
  let node: NodeIncarnation
  private var socket: PushSocket?

  /// How long results that were sent over the network stay when the worker leaves.
  static let networkLinger = Duration.seconds(5)

  /// Connects to a sink.
  ///
  /// - Throws: ``ZeroMQError``.
  init(
    _ connections: Connections, node: NodeIncarnation, endpoint: String
  ) throws(ZeroMQError) {
    self.node = node
    var options = RuntimeLimits.dataSocket
    if !connections.transport.isLocal { options.linger = Self.networkLinger }
    socket = try connections.push(to: node, endpoint: endpoint, options: options)
  }

  /// Drops what is still on its way: the sink is gone, or its run is over.
  ///
  /// - Throws: ``ZeroMQError``.
  func drop() throws(ZeroMQError) {
    if let socket = socket.take() { try socket.close(linger: SocketOptions.shortLinger) }
  }

  /// Sends a message as a whole.
  func send(
    _ header: SharedMessage, _ payload: SharedMessage
  ) throws(ZeroMQError) -> SendOutcome {
    guard socket != nil else { return .lost }
    return try socket!.send(header.makeMessage(), payload.makeMessage())
  }
}
