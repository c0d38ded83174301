import CZeroMQ

extension SocketHandle {
  /// Sets every option that has been checked by ``SocketOptions/check()``.
  func apply(_ options: SocketOptions) throws(ZeroMQError) {
    try set(ZMQ_LINGER, "ZMQ_LINGER", options.linger.milliseconds)
    try set(ZMQ_SNDHWM, "ZMQ_SNDHWM", CInt(options.sendHighWaterMark))
    // A monitor's events come from the I/O thread, which waits where there is no room.
    let receiveHighWaterMark = kind == .pair ? 0 : CInt(options.receiveHighWaterMark)
    try set(ZMQ_RCVHWM, "ZMQ_RCVHWM", receiveHighWaterMark)
    try setLarge(ZMQ_MAXMSGSIZE, "ZMQ_MAXMSGSIZE", Int64(options.maximumMessageSize))
    try set(ZMQ_HANDSHAKE_IVL, "ZMQ_HANDSHAKE_IVL", options.handshakeInterval.milliseconds)
    try set(ZMQ_RECONNECT_IVL, "ZMQ_RECONNECT_IVL", options.reconnectInterval.milliseconds)
    try set(
      ZMQ_RECONNECT_IVL_MAX, "ZMQ_RECONNECT_IVL_MAX", options.maximumReconnectInterval.milliseconds)
    try set(ZMQ_CONNECT_TIMEOUT, "ZMQ_CONNECT_TIMEOUT", options.connectTimeout.milliseconds)
    // Hundreds of workers may connect at the same instant.
    try set(ZMQ_BACKLOG, "ZMQ_BACKLOG", 1_024)
    if let size = options.sendBuffer { try set(ZMQ_SNDBUF, "ZMQ_SNDBUF", CInt(size)) }
    if let size = options.receiveBuffer { try set(ZMQ_RCVBUF, "ZMQ_RCVBUF", CInt(size)) }
    try set(ZMQ_IMMEDIATE, "ZMQ_IMMEDIATE", options.immediate ? 1 : 0)
    try set(ZMQ_IPV6, "ZMQ_IPV6", options.ipv6 ? 1 : 0)
    if options.conflate { try set(ZMQ_CONFLATE, "ZMQ_CONFLATE", 1) }
    if let keepAlive = options.keepAlive { try apply(keepAlive) }
    if let limit = options.tcpMaximumRetransmit {
      try set(ZMQ_TCP_MAXRT, "ZMQ_TCP_MAXRT", limit.milliseconds)
    }
    if let thread = options.ioThread {
      guard (0..<context.ioThreads).contains(thread) else {
        throw ZeroMQError(
          .invalidOption, call: "SocketOptions", endpoint: "ioThread",
          reason: "\(thread) is not below the context's \(context.ioThreads) I/O threads",
          remedy: "create the context with more I/O threads")
      }
      try setLarge(ZMQ_AFFINITY, "ZMQ_AFFINITY", 1 << Int64(thread))
    }
    try apply(options.security)
  }

  private func apply(_ keepAlive: TCPKeepAlive) throws(ZeroMQError) {
    try set(ZMQ_TCP_KEEPALIVE, "ZMQ_TCP_KEEPALIVE", 1)
    try set(ZMQ_TCP_KEEPALIVE_IDLE, "ZMQ_TCP_KEEPALIVE_IDLE", keepAlive.idle.wholeSeconds)
    try set(ZMQ_TCP_KEEPALIVE_INTVL, "ZMQ_TCP_KEEPALIVE_INTVL", keepAlive.interval.wholeSeconds)
    try set(ZMQ_TCP_KEEPALIVE_CNT, "ZMQ_TCP_KEEPALIVE_CNT", CInt(keepAlive.count))
  }

  private func apply(_ security: SocketSecurity) throws(ZeroMQError) {
    switch security {
    case .none, .insecure: return
    case .server(let key, _):
      try set(ZMQ_CURVE_SERVER, "ZMQ_CURVE_SERVER", 1)
      try key.withUnsafeBytes { bytes throws(ZeroMQError) in
        try set(ZMQ_CURVE_SECRETKEY, "ZMQ_CURVE_SECRETKEY", bytes)
      }
      try set(ZMQ_ZAP_DOMAIN, "ZMQ_ZAP_DOMAIN", ZAPHandler.domain)
    case .client(let keys, let server):
      try set(ZMQ_CURVE_SERVERKEY, "ZMQ_CURVE_SERVERKEY", server.bytes)
      try set(ZMQ_CURVE_PUBLICKEY, "ZMQ_CURVE_PUBLICKEY", keys.publicKey.bytes)
      try keys.secretKey.withUnsafeBytes { bytes throws(ZeroMQError) in
        try set(ZMQ_CURVE_SECRETKEY, "ZMQ_CURVE_SECRETKEY", bytes)
      }
    }
  }

  func set(_ option: CInt, _ name: String, _ value: CInt) throws(ZeroMQError) {
    assertOwner()
    var value = value
    let result = zmq_setsockopt(raw, option, &value, MemoryLayout<CInt>.size)
    guard result == 0 else { throw .last("zmq_setsockopt", endpoint: name) }
  }

  private func setLarge(_ option: CInt, _ name: String, _ value: Int64) throws(ZeroMQError) {
    var value = value
    let result = zmq_setsockopt(raw, option, &value, MemoryLayout<Int64>.size)
    guard result == 0 else { throw .last("zmq_setsockopt", endpoint: name) }
  }

  func set(_ option: CInt, _ name: String, _ bytes: [UInt8]) throws(ZeroMQError) {
    assertOwner()
    let result = zmq_setsockopt(raw, option, bytes, bytes.count)
    guard result == 0 else { throw .last("zmq_setsockopt", endpoint: name) }
  }

  private func set(
    _ option: CInt, _ name: String, _ bytes: UnsafeRawBufferPointer
  ) throws(ZeroMQError) {
    let result = zmq_setsockopt(raw, option, bytes.baseAddress, bytes.count)
    guard result == 0 else { throw .last("zmq_setsockopt", endpoint: name) }
  }

  /// The value of an option that is a number.
  func integer(_ option: CInt, _ name: String) throws(ZeroMQError) -> CInt {
    mayHold = true
    var value: CInt = 0
    var size = MemoryLayout<CInt>.size
    let result = retryingInterrupts { zmq_getsockopt(raw, option, &value, &size) }
    guard result == 0 else { throw .last("zmq_getsockopt", endpoint: name) }
    return value
  }
}
