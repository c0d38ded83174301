import PipelineCore
import ZeroMQ

/// The socket on which a worker incarnation receives partitions.
struct LaneReceiver: ~Copyable {
  var socket: PullSocket
  /// Where the ventilator connects.
  let endpoint: String

  /// Binds a lane that no other incarnation ever had.
  ///
  /// - Throws: ``ZeroMQError``.
  init(
    _ context: Context, directory: PrivateDirectory, identity: NodeIncarnation
  ) throws(ZeroMQError) {
    let tag = String(identity.incarnation.rawValue, radix: 36)
    let address = try directory.endpoint("lane-\(identity.node.rawValue)-\(tag)")
    var socket = try PullSocket(context, options: RuntimeLimits.dataSocket)
    try socket.bind(to: address)
    self.socket = socket
    endpoint = address.description
  }
}
