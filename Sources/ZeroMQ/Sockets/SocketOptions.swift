/// How a socket queues, waits, reconnects and protects. Checked when the socket is created.
///
/// `ZMQ_HEARTBEAT_IVL` is missing on purpose: with a finite high-water mark it aborts the process
/// in libzmq 4.3. Dead TCP peers are found by keep-alive, dead nodes by missing beats.
package struct SocketOptions: Sendable {
  /// The largest value of ``linger``.
  package static let maximumLinger: Duration = .seconds(60)

  /// Messages queued for one peer before a send would block, 1 to 1 000 000.
  package var sendHighWaterMark = 1_000

  /// Messages queued from one peer before its sends would block, 1 to 1 000 000.
  package var receiveHighWaterMark = 1_000

  /// How long messages not yet sent are kept after the socket is closed, 0 to 60 s. At least
  /// ``shortLinger`` where messages have several frames.
  package var linger: Duration = .seconds(1)

  /// The linger of who has no use for what is still on its way, because its peer is gone.
  ///
  /// Not zero: libzmq ends the whole process ("Resource temporarily unavailable (session_base.cpp)", its
  /// issue 3442) when a connection breaks while one frame of a message is sent and the next one is not,
  /// and the socket was closed without linger at that moment, which is when a peer dies.
  package static let shortLinger = Duration.milliseconds(250)

  /// The largest frame in bytes. A peer that sends a larger one is disconnected; an own frame that
  /// is larger is refused. The number of frames of a message has no limit in libzmq.
  package var maximumMessageSize = 256 << 20

  /// How long a new connection may take to say who it is, 1 ms to 60 s.
  package var handshakeInterval: Duration = .seconds(10)

  /// The wait before the first attempt to connect again, 1 ms to 1 h; each further wait is up to
  /// twice as long.
  package var reconnectInterval: Duration = .milliseconds(100)

  /// The longest wait between two attempts to connect, at least ``reconnectInterval``.
  package var maximumReconnectInterval: Duration = .seconds(5)

  /// How long an attempt to connect over TCP may take, 1 ms to 10 min.
  package var connectTimeout: Duration = .seconds(10)

  /// The send buffer of the operating system in bytes; nil for its default.
  package var sendBuffer: Int?

  /// The receive buffer of the operating system in bytes; nil for its default.
  package var receiveBuffer: Int?

  /// Whether messages are only queued for peers that are connected. Otherwise each address given
  /// to `connect` has a queue from the start.
  package var immediate = false

  /// Whether host names may stand for IPv6 addresses.
  package var ipv6 = false

  /// Whether a subscriber keeps the latest message only. Messages then have a single frame. Within
  /// a process the subscriber must be the one that connects.
  package var conflate = false

  /// How dead TCP peers are found; nil for the system's default, which is never.
  package var keepAlive: TCPKeepAlive? = TCPKeepAlive()

  /// How long sent bytes may stay without the peer's acknowledgement until a TCP connection counts
  /// as lost, 1 ms to 10 min; nil for the system's default, many minutes. Where the system has no
  /// such limit, keep-alive alone finds the loss.
  package var tcpMaximumRetransmit: Duration?

  /// Which of the context's I/O threads serves the socket's connections, from 0; nil for the least
  /// busy. A thread waits for the resolver, perhaps for many seconds, while it connects to a host
  /// name: sockets that connect to names and those that must go on meanwhile want two.
  package var ioThread: Int?

  /// Encryption and admission.
  package var security: SocketSecurity = .none

  /// The defaults.
  package init() {}
}
