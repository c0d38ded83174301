import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a ``Socket`` owns: libzmq's pointer and all that must outlive it.
///
/// A class, so that a ``Poller`` can be told when the socket closes; not `Sendable`, so that the
/// compiler keeps it on one thread. Closed by the socket's `deinit`, whoever else refers to it.
final class SocketHandle {
  let raw: UnsafeMutableRawPointer
  let kind: SocketKind
  let maximumMessageSize: Int
  /// Whether it takes addresses beyond this host.
  let goesBeyondHost: Bool
  let context: Context
  /// Kept until the socket is closed: without a handler libzmq admits any client.
  private var handler: ZAPHandler?
  private(set) var isOpen = true
  private var owner = ThreadOwner()

  /// Whether a ``SocketMonitor`` watches this socket.
  var isMonitored = false

  /// Whether there may be something to receive of which no signal will tell: libzmq handles signals in
  /// any of its calls, and signals anew only after a read that found nothing.
  var mayHold = true

  /// The poller that watches this socket, and where in it.
  weak var pollSet: PollSet?
  var slot = 0

  init(_ context: Context, _ kind: SocketKind, _ options: SocketOptions) throws(ZeroMQError) {
    try options.check()
    switch options.security {
    case .none: goesBeyondHost = false
    case .insecure, .client: goesBeyondHost = true
    case .server(_, let handler):
      try handler.checkServes(context)
      self.handler = handler
      goesBeyondHost = true
    }
    self.context = context
    self.kind = kind
    maximumMessageSize = options.maximumMessageSize
    raw = try context.makeSocket(kind)
    do {
      try apply(options)
    } catch {
      close()
      throw error
    }
  }

  deinit { close() }

  func close() {
    guard isOpen else { return }
    // Its last events would have no reader where the monitor goes with it, and libzmq's I/O thread, with
    // all connections of the context, would wait for one.
    if isMonitored { stopMonitor() }
    isOpen = false
    pollSet?.vacate(slot)
    context.close(raw, kind)
    handler = nil
  }

  /// Asserts that the socket sends and receives on one thread, the first that does.
  ///
  /// The compiler lets a socket be handed over after it was set up, and `@unchecked Sendable` boxes
  /// hide from it; this check sees the rest.
  @inline(__always)
  func claimOwner() {
    mayHold = true
    owner.claim("\(kind.name) socket")
  }

  /// Asserts that a call that may come before the hand-over does not come after it from elsewhere.
  func assertOwner() {
    owner.assertCurrent("\(kind.name) socket")
  }
}
