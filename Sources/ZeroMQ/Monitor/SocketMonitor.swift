import CZeroMQ
import Synchronization

/// Tells what happens to the connections of one socket, on that socket's thread.
///
/// Events wait, without limit of number, until they are received: libzmq's I/O thread would stand
/// still if they had no room. Poll a monitor for as long as it exists; what fills it is bounded by
/// the peers' back-off.
package struct SocketMonitor: ~Copyable {
  private let pair: Socket<Pair>
  private var message = Multipart(maximumFrames: 2)
  private weak var socket: SocketHandle?

  private static let serial = Atomic<Int>(0)

  // Not MONITOR_STOPPED, which is sent while the socket closes and would wait for a reader; not the
  // news of each attempt to connect.
  private static let events =
    ZMQ_EVENT_LISTENING | ZMQ_EVENT_BIND_FAILED | ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_ACCEPT_FAILED
    | ZMQ_EVENT_CONNECTED | ZMQ_EVENT_CLOSED | ZMQ_EVENT_DISCONNECTED
    | ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
    | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH

  /// Starts to watch a socket; one monitor for each at most.
  ///
  /// - Throws: ``ZeroMQError`` if the context has no socket left or is shut down.
  package init<Pattern: SocketPattern>(
    _ socket: borrowing Socket<Pattern>
  ) throws(ZeroMQError) {
    let handle = socket.handle
    precondition(!handle.isMonitored, "the \(handle.kind.name) socket has a monitor already")
    let number = Self.serial.add(1, ordering: .relaxed).newValue
    let endpoint = Endpoint.inproc(name: "millrace.monitor.\(number)")
    var pair = try handle.makeSibling(Pair.self)
    try handle.call("zmq_socket_monitor", endpoint) {
      zmq_socket_monitor($0, $1, CInt(Self.events))
    }
    handle.isMonitored = true
    do {
      try pair.connect(to: endpoint)
    } catch {
      handle.stopMonitor()
      throw error
    }
    self.pair = pair
    self.socket = handle
  }

  deinit {
    // Before the PAIR goes: without a reader libzmq's I/O thread would wait for ever.
    socket?.stopMonitor()
  }

  var handle: SocketHandle { pair.handle }

  /// The next event, or nil if nothing new has happened; never waits.
  ///
  /// - Throws: ``ZeroMQError`` if the context is shut down.
  package mutating func receive() throws(ZeroMQError) -> SocketEvent? {
    while try pair.handle.receive(into: &message) {
      // Events of kinds that were not asked for, from a newer libzmq.
      guard let event = Self.decode(message) else { continue }
      return event
    }
    return nil
  }

  /// Reads the first version of libzmq's events: 16 bits of kind, 32 of value, then the address.
  private static func decode(_ message: borrowing Multipart) -> SocketEvent? {
    guard message.count == 2, message.byteCount(ofFrame: 0) == 6 else { return nil }
    let (event, value) = message.withUnsafeBytes(ofFrame: 0) { bytes in
      (
        bytes.loadUnaligned(as: UInt16.self),
        bytes.loadUnaligned(fromByteOffset: 2, as: UInt32.self)
      )
    }
    guard let kind = kind(CInt(event), value) else { return nil }
    let endpoint = message.withUnsafeBytes(ofFrame: 1) { String(decoding: $0, as: UTF8.self) }
    return SocketEvent(kind: kind, endpoint: endpoint)
  }

  private static func kind(_ event: CInt, _ value: UInt32) -> SocketEvent.Kind? {
    let reason = { ZeroMQError.reason(of: CInt(bitPattern: value)) }
    return switch event {
    case ZMQ_EVENT_LISTENING: .listening
    case ZMQ_EVENT_BIND_FAILED: .bindFailed(reason: reason())
    case ZMQ_EVENT_ACCEPTED: .accepted
    case ZMQ_EVENT_ACCEPT_FAILED: .acceptFailed(reason: reason())
    case ZMQ_EVENT_CONNECTED: .connected
    case ZMQ_EVENT_CLOSED: .closed
    case ZMQ_EVENT_DISCONNECTED: .disconnected
    case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: .handshakeSucceeded
    case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
      .handshakeFailed(.interrupted(reason: reason()))
    case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
      .handshakeFailed(HandshakeFailure(protocolError: value))
    case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: .handshakeFailed(.denied(status: Int(value)))
    default: nil
    }
  }
}

extension SocketHandle {
  /// A socket of the same context.
  func makeSibling<Pattern: SocketPattern>(
    _ pattern: Pattern.Type
  ) throws(ZeroMQError) -> Socket<Pattern> {
    try Socket(context)
  }

  /// Ends the monitoring of this socket, if there is any.
  func stopMonitor() {
    guard isOpen else { return }
    isMonitored = false
    // It fails only where the context is shut down, and then there is nothing to stop.
    _ = zmq_socket_monitor(raw, nil, 0)
  }
}
