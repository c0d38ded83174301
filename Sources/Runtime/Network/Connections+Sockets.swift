import PipelineCore
import ZeroMQ

extension Connections {
  /// A socket that pushes to a node on the roster.
  ///
  /// - Parameter endpoint: where the node says that it is.
  /// - Throws: ``ZeroMQError``.
  func push(
    to node: NodeIncarnation, endpoint: String, options: SocketOptions
  ) throws(ZeroMQError) -> PushSocket {
    let (options, place) = try way(to: node, endpoint, options)
    var socket = try PushSocket(context, options: options)
    try socket.connect(to: place)
    return socket
  }

  /// How and where a socket connects to a node on the roster. The supervisor is where this process was
  /// told that it is, which is right also beyond address translation.
  ///
  /// - Throws: ``ZeroMQError`` when the endpoint makes no sense.
  func way(
    to node: NodeIncarnation, _ endpoint: String, _ options: SocketOptions
  ) throws(ZeroMQError) -> (SocketOptions, Endpoint) {
    if !transport.isLocal, isSupervisor(node) {
      return (supervisorOptions(options), supervisor.receipts)
    }
    return (clientOptions(options, to: node), try Endpoint(endpoint))
  }
}
