#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Socket {
  /// Closes every connection that was accepted at an address and listens there again.
  ///
  /// This is how a client whose key was taken off the allow-list is put out: libzmq asks about a
  /// client when it connects and never again. Clients that are still admitted come back by
  /// themselves after their reconnect interval; what was on its way meanwhile may be lost, as with
  /// any connection that breaks. A connection whose messages wait to be received is closed once
  /// they are, which needs the socket to be used; nothing new arrives by it.
  ///
  /// - Parameter endpoint: what ``lastEndpoint()`` told after the bind.
  /// - Throws: ``ZeroMQError``: the socket does not listen there, or the address was taken by
  ///   somebody else within the instant; the socket then listens nowhere.
  package mutating func cutOffPeers(at endpoint: Endpoint) throws(ZeroMQError) {
    try unbind(from: endpoint)
    // libzmq's I/O thread closes the listener, so the address may be in use for a moment.
    let deadline = MonotonicDeadline(after: .seconds(2))
    while true {
      do {
        return try bind(to: endpoint)
      } catch  where error.code == .addressInUse && deadline.remaining != nil {
        usleep(1_000)
      }
    }
  }
}
