import PipelineCore
import ZeroMQ

/// The socket through which a worker sends results to one sink incarnation.
final class ConnectedSink {
  let node: NodeIncarnation
  private var socket: PushSocket

  /// Connects to a sink.
  ///
  /// - Throws: ``ZeroMQError``.
  init(_ context: Context, node: NodeIncarnation, endpoint: Endpoint) throws(ZeroMQError) {
    self.node = node
    socket = try PushSocket(context, options: RuntimeLimits.dataSocket)
    try socket.connect(to: endpoint)
  }

  /// Sends a message as a whole.
  func send(
    _ header: SharedMessage, _ payload: SharedMessage
  ) throws(ZeroMQError) -> SendOutcome {
    try socket.send(header.makeMessage(), payload.makeMessage())
  }
}
