import CZeroMQ

extension Socket where Pattern == Subscribe {
  /// Receives messages whose first frame starts with `prefix`; without one, all.
  ///
  /// - Throws: ``ZeroMQError`` if the context is shut down.
  package mutating func subscribe(to prefix: [UInt8] = []) throws(ZeroMQError) {
    try handle.set(ZMQ_SUBSCRIBE, "ZMQ_SUBSCRIBE", prefix)
  }

  /// Ends one earlier subscription to `prefix`.
  ///
  /// - Throws: ``ZeroMQError`` if there is none.
  package mutating func unsubscribe(from prefix: [UInt8] = []) throws(ZeroMQError) {
    try handle.set(ZMQ_UNSUBSCRIBE, "ZMQ_UNSUBSCRIBE", prefix)
  }
}
