import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Socket where Pattern: SendingPattern {
  /// Sends a message of one frame; never waits.
  ///
  /// - Parameter message: empty afterwards if the outcome is `sent`, otherwise unchanged.
  /// - Throws: ``ZeroMQError``: the message is larger than the options allow, or the context is
  ///   shut down.
  package mutating func send(_ message: inout Message) throws(ZeroMQError) -> SendOutcome {
    try handle.checkSize(message.raw)
    return try handle.sendFrame(message.raw, more: false) ? .sent : .wouldBlock
  }

  /// Sends a message of two frames as a whole; never waits.
  ///
  /// - Parameters:
  ///   - header: the first frame; empty afterwards unless the outcome is `wouldBlock`.
  ///   - payload: the second frame; empty afterwards if the outcome is `sent`.
  /// - Throws: ``ZeroMQError`` as ``send(_:)``; nothing was sent then.
  package mutating func send(
    _ header: inout Message, _ payload: inout Message
  ) throws(ZeroMQError) -> SendOutcome {
    try handle.checkSize(header.raw)
    try handle.checkSize(payload.raw)
    guard try handle.sendFrame(header.raw, more: true) else { return .wouldBlock }
    return try handle.sendFrame(payload.raw, more: false) ? .sent : .lost
  }

  /// Sends a message of one frame, which is gone whatever the outcome.
  ///
  /// - Throws: ``ZeroMQError`` as ``send(_:)``.
  package mutating func send(_ message: consuming Message) throws(ZeroMQError) -> SendOutcome {
    try send(&message)
  }

  /// Sends a message of two frames, which are gone whatever the outcome.
  ///
  /// - Throws: ``ZeroMQError`` as ``send(_:_:)``.
  package mutating func send(
    _ header: consuming Message, _ payload: consuming Message
  ) throws(ZeroMQError) -> SendOutcome {
    try send(&header, &payload)
  }

  /// Sends a message of any number of frames as a whole; never waits.
  ///
  /// - Parameter message: one frame at least; without frames afterwards unless the outcome is
  ///   `wouldBlock`.
  /// - Throws: ``ZeroMQError`` as ``send(_:)``; nothing was sent then.
  package mutating func send(_ message: inout Multipart) throws(ZeroMQError) -> SendOutcome {
    precondition(message.count > 0, "a message has one frame at least")
    for index in 0..<message.count { try handle.checkSize(message.frame(index)) }
    let last = message.count - 1
    guard try handle.sendFrame(message.frame(0), more: last > 0) else { return .wouldBlock }
    var outcome = SendOutcome.sent
    if last > 0 {
      for index in 1...last {
        // Also after a frame that got lost: libzmq drops the others up to the last one, and
        // only then is the socket ready for the next message.
        if try !handle.sendFrame(message.frame(index), more: index < last) { outcome = .lost }
      }
    }
    message.removeAll()
    return outcome
  }

  /// Whether a send would be taken now.
  ///
  /// - Throws: ``ZeroMQError`` if the context is shut down.
  package mutating func canSend() throws(ZeroMQError) -> Bool {
    handle.claimOwner()
    return try handle.integer(ZMQ_EVENTS, "ZMQ_EVENTS") & CInt(ZMQ_POLLOUT) != 0
  }
}

extension SocketHandle {
  func checkSize(_ frame: UnsafeMutablePointer<zmq_msg_t>) throws(ZeroMQError) {
    let size = zmq_msg_size(frame)
    guard size <= maximumMessageSize else {
      throw ZeroMQError(
        .messageTooLarge, call: "zmq_msg_send", endpoint: kind.name,
        reason: "a frame of \(size) bytes is larger than the limit of \(maximumMessageSize)",
        remedy: ZeroMQError.Code.messageTooLarge.remedy)
    }
  }

  /// False if no peer has room, or, after a first frame, if the peer that had it is gone.
  ///
  /// libzmq gives room to a message as a whole: a peer that took the first frame takes the others
  /// for as long as it lives (`lb_t::sendpipe` rolls back when it does not).
  func sendFrame(
    _ frame: UnsafeMutablePointer<zmq_msg_t>, more: Bool
  ) throws(ZeroMQError) -> Bool {
    claimOwner()
    let flags = ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)
    guard retryingInterrupts({ zmq_msg_send(frame, raw, flags) }) == -1 else { return true }
    guard zmq_errno() == EAGAIN else { throw .last("zmq_msg_send", endpoint: kind.name) }
    return false
  }
}
