import CZeroMQ

/// A socket of one pattern, used by one thread: ``PushSocket``, ``PullSocket``, ``PublishSocket``
/// or ``SubscribeSocket``.
///
/// It cannot be copied and is not `Sendable`: it is created, perhaps handed over once, and then
/// belongs to the thread that uses it, which is checked on each send and receive. Nothing here
/// waits; a ``Poller`` does. It closes when it goes out of scope, and its context keeps sending
/// what was not sent yet for ``SocketOptions/linger``.
package struct Socket<Pattern: SocketPattern>: ~Copyable {
  let handle: SocketHandle

  /// Creates a socket.
  ///
  /// - Throws: ``ZeroMQError`` if an option is out of range, the context has no socket left or is
  ///   shut down, or this libzmq has no CURVE.
  package init(
    _ context: Context, options: SocketOptions = SocketOptions()
  ) throws(ZeroMQError) {
    handle = try SocketHandle(context, Pattern.kind, options)
  }

  deinit { handle.close() }

  /// Listens at an address.
  ///
  /// An ipc path must lie in a ``PrivateDirectory``. A socket file at which nobody answers is
  /// replaced; one that is alive is not.
  ///
  /// - Throws: ``ZeroMQError``: the address is in use, does not exist, is not allowed, or lies
  ///   beyond this host while the socket is not encrypted.
  package mutating func bind(to endpoint: Endpoint) throws(ZeroMQError) {
    try handle.check(endpoint, call: "zmq_bind")
    if case .ipc(let path) = endpoint { try UnixSocketPath(path: path).makeFree() }
    try handle.call("zmq_bind", endpoint) { zmq_bind($0, $1) }
  }

  /// Connects to an address, now or as soon as somebody listens there, and again after each loss.
  ///
  /// - Throws: ``ZeroMQError``: the address makes no sense, lies beyond this host while the
  ///   socket is not encrypted, or is an `inproc` name or an ipc directory that is not private.
  package mutating func connect(to endpoint: Endpoint) throws(ZeroMQError) {
    if case .tcp(let host, let port) = endpoint, host == "*" || port == 0 {
      throw ZeroMQError(
        .invalidEndpoint, call: "zmq_connect", endpoint: endpoint.description,
        reason: "nothing can connect to all interfaces or to port 0",
        remedy: "give the host and the port of the peer")
    }
    try handle.check(endpoint, call: "zmq_connect")
    try handle.call("zmq_connect", endpoint) { zmq_connect($0, $1) }
  }

  /// Gives up a connection. Messages queued for it are sent within the linger.
  ///
  /// - Throws: ``ZeroMQError/Code/notFound`` if the socket never connected to this address.
  package mutating func disconnect(from endpoint: Endpoint) throws(ZeroMQError) {
    try handle.call("zmq_disconnect", endpoint) { zmq_disconnect($0, $1) }
  }

  /// Stops listening, and closes the connections that were accepted there; what had arrived from
  /// them and was not received yet still is.
  ///
  /// - Parameter endpoint: what ``lastEndpoint()`` told, where the port was 0.
  /// - Throws: ``ZeroMQError/Code/notFound`` if the socket does not listen there.
  package mutating func unbind(from endpoint: Endpoint) throws(ZeroMQError) {
    try handle.call("zmq_unbind", endpoint) { zmq_unbind($0, $1) }
  }

  /// The address last bound or connected to, with the port that the system chose.
  ///
  /// - Throws: ``ZeroMQError`` if there is none.
  package func lastEndpoint() throws(ZeroMQError) -> Endpoint {
    try Endpoint(try handle.lastEndpoint()).withoutMapping
  }

  /// Closes the socket now.
  ///
  /// - Parameter linger: how long unsent messages are kept, 0 to 60 s, where this differs from
  ///   the options.
  /// - Throws: ``ZeroMQError/Code/invalidOption``, or `contextTerminated`; the socket is closed
  ///   all the same.
  package consuming func close(linger: Duration) throws(ZeroMQError) {
    try SocketOptions.check(linger: linger)
    try handle.set(ZMQ_LINGER, "ZMQ_LINGER", linger.milliseconds)
  }

  /// Whether libzmq sends heartbeats on this socket's connections. It must not, see
  /// ``SocketOptions``.
  ///
  /// - Throws: ``ZeroMQError`` if the context is shut down.
  package func sendsHeartbeats() throws(ZeroMQError) -> Bool {
    try handle.integer(ZMQ_HEARTBEAT_IVL, "ZMQ_HEARTBEAT_IVL") != 0
  }
}
