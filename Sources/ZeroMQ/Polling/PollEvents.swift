import CZeroMQ

/// What a poller waits for, and what it found.
package struct PollEvents: OptionSet, Hashable, Sendable {
  package let rawValue: Int16

  /// The set with the bits of `zmq_pollitem_t`.
  package init(rawValue: Int16) {
    self.rawValue = rawValue
  }

  /// A message can be received; a descriptor can be read.
  package static let readable = PollEvents(rawValue: Int16(ZMQ_POLLIN))

  /// A message can be sent; a descriptor can be written.
  package static let writable = PollEvents(rawValue: Int16(ZMQ_POLLOUT))

  /// A descriptor is closed at the other end, or broken. Found without being asked for.
  package static let failed = PollEvents(rawValue: Int16(ZMQ_POLLERR))
}
