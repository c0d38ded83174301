import PipelineCore
import ZeroMQ

/// The socket of one lane. Closing it soon drops what the worker has not taken: the worker is dead, or
/// the run is over.
final class LaneSender {
  /// Tells when the connection stands; `nil` where it stands at once, and once it has told.
  private var monitor: SocketMonitor?
  private var socket: PushSocket

  /// Connects to a worker's lane.
  ///
  /// - Throws: ``ZeroMQError``.
  init(
    _ connections: Connections, to worker: NodeIncarnation, endpoint: String
  ) throws(ZeroMQError) {
    var options = RuntimeLimits.dataSocket
    options.linger = SocketOptions.shortLinger
    let (way, place) = try connections.way(to: worker, endpoint, options)
    var socket = try PushSocket(connections.context, options: way)
    // Before it connects, so that no news is missed.
    if !connections.transport.isLocal { monitor = try SocketMonitor(socket) }
    try socket.connect(to: place)
    self.socket = socket
  }

  /// Has a poller wait for news of the connection; `nil` when it stands already.
  ///
  /// - Throws: ``ZeroMQError``.
  func watch(in poller: inout Poller) throws(ZeroMQError) -> PollSlot? {
    guard monitor != nil else { return nil }
    return try poller.add(monitor!)
  }

  /// Whether the connection has come to stand since the last call; nothing is watched any more then.
  ///
  /// - Throws: ``ZeroMQError``.
  func takeConnected() throws(ZeroMQError) -> Bool {
    while let event = try monitor?.receive() {
      guard event.kind == .handshakeSucceeded else { continue }
      monitor = nil
      return true
    }
    return false
  }

  /// Sends a message as a whole that the worker is right without: it is dropped where the lane is full.
  func offer(_ header: consuming Message, _ payload: consuming Message) throws(ZeroMQError) {
    switch try socket.send(header, payload) {
    case .sent, .lost, .wouldBlock: break
    }
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
