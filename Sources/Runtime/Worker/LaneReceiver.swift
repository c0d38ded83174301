import PipelineCore
import ZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The socket on which a worker incarnation receives partitions, and its file.
struct LaneReceiver: ~Copyable {
  var socket: PullSocket
  /// Where the ventilator connects.
  let endpoint: String
  private let path: String

  /// Binds a lane that no other incarnation ever had.
  ///
  /// - Throws: ``ZeroMQError``.
  init(
    _ context: Context, directory: PrivateDirectory, identity: NodeIncarnation
  ) throws(ZeroMQError) {
    let tag = String(identity.incarnation.rawValue, radix: 36)
    let name = "lane-\(identity.node.rawValue)-\(tag)"
    let address = try directory.endpoint(name)
    var socket = try PullSocket(context, options: RuntimeLimits.dataSocket)
    try socket.bind(to: address)
    self.socket = socket
    path = "\(directory.path)/\(name)"
    endpoint = address.description
  }

  deinit {
    // libzmq closes the socket and leaves its file. What cannot be removed here goes with the
    // directory.
    unlink(path)
  }
}
