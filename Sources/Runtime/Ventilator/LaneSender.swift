import PipelineCore
import ZeroMQ

/// The socket of one lane. Closing it drops what the worker has not taken: the worker is dead, or
/// the run is over.
final class LaneSender {
  private var socket: PushSocket

  /// Connects to a worker's lane.
  ///
  /// - Throws: ``ZeroMQError``.
  init(_ context: Context, endpoint: Endpoint) throws(ZeroMQError) {
    var options = RuntimeLimits.dataSocket
    options.linger = .zero
    socket = try PushSocket(context, options: options)
    try socket.connect(to: endpoint)
  }

  /// Sends a message as a whole.
  func send(_ header: consuming Message, _ payload: consuming Message) throws(ZeroMQError) {
    switch try socket.send(header, payload) {
    case .sent: break
    // The worker died in between; it is about to be evicted and the partitions re-queued.
    case .lost: break
    // Credit bounds what is outstanding far below the high-water mark.
    case .wouldBlock: preconditionFailure("a lane is full although credit was kept")
    }
  }
}
