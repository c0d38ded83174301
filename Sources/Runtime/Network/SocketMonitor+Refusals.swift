import ZeroMQ

extension SocketMonitor {
  /// Counts connections that did not come to stand. Those whose key is not listed are counted where the
  /// list is.
  ///
  /// - Throws: ``ZeroMQError``.
  mutating func countRefusals(_ connections: Connections) throws(ZeroMQError) {
    var count = 0
    while count < RuntimeLimits.burst, let event = try receive() {
      count += 1
      guard case .handshakeFailed(let failure) = event.kind else { continue }
      if case .denied = failure { continue }
      connections.note(.failedHandshake)
    }
  }
}
