extension SocketOptions {
  /// Checks every value against its range.
  ///
  /// - Throws: ``ZeroMQError/Code/invalidOption``, naming the option, its value and its range.
  package func check() throws(ZeroMQError) {
    try Self.check("sendHighWaterMark", sendHighWaterMark, in: 1...1_000_000)
    try Self.check("receiveHighWaterMark", receiveHighWaterMark, in: 1...1_000_000)
    try Self.check(linger: linger)
    try Self.check("maximumMessageSize", maximumMessageSize, in: 1...Int(Int32.max))
    try Self.check("handshakeInterval", handshakeInterval, in: .milliseconds(1)...(.seconds(60)))
    let hour: Duration = .seconds(3_600)
    try Self.check("reconnectInterval", reconnectInterval, in: .milliseconds(1)...hour)
    try Self.check(
      "maximumReconnectInterval", maximumReconnectInterval, in: reconnectInterval...hour)
    try Self.check("connectTimeout", connectTimeout, in: .milliseconds(1)...(.seconds(600)))
    let buffers = 1_024...(1 << 30)
    if let sendBuffer { try Self.check("sendBuffer", sendBuffer, in: buffers) }
    if let receiveBuffer { try Self.check("receiveBuffer", receiveBuffer, in: buffers) }
    if let tcpMaximumRetransmit {
      try Self.check(
        "tcpMaximumRetransmit", tcpMaximumRetransmit, in: .milliseconds(1)...(.seconds(600)))
    }
    if let keepAlive {
      let day: ClosedRange<Duration> = .seconds(1)...(.seconds(86_400))
      try Self.check("keepAlive.idle", keepAlive.idle, in: day)
      try Self.check("keepAlive.interval", keepAlive.interval, in: day)
      try Self.check("keepAlive.count", keepAlive.count, in: 1...100)
    }
  }

  /// Checks a linger alone.
  static func check(linger: Duration) throws(ZeroMQError) {
    try check("linger", linger, in: .zero...maximumLinger)
  }

  private static func check<Value: Comparable>(
    _ name: String, _ value: Value, in range: ClosedRange<Value>
  ) throws(ZeroMQError) {
    guard range.contains(value) else {
      throw ZeroMQError(
        .invalidOption, call: "SocketOptions", endpoint: name,
        reason: "\(value) is not from \(range.lowerBound) to \(range.upperBound)",
        remedy: "choose a value in this range")
    }
  }
}
