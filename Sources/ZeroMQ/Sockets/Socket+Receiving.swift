import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Socket where Pattern: ReceivingPattern {
  /// Receives a whole message; never waits.
  ///
  /// The length of each frame is for the caller to check: peers may send anything.
  ///
  /// - Parameter message: takes the frames in place of those it had.
  /// - Returns: false if there is no message.
  /// - Throws: ``ZeroMQError/Code/tooManyFrames`` if the message has more frames than `message`
  ///   can hold; it has been read to its end and dropped, and the next one can be received.
  package mutating func receive(into message: inout Multipart) throws(ZeroMQError) -> Bool {
    try handle.receive(into: &message)
  }

  /// Receives one frame; never waits.
  ///
  /// While ``Message/hasMore`` holds, the next call gives the next frame of the same message.
  ///
  /// - Parameter frame: takes the bytes in place of those it had.
  /// - Returns: false if there is nothing.
  /// - Throws: ``ZeroMQError`` if the context is shut down.
  package mutating func receiveFrame(into frame: inout Message) throws(ZeroMQError) -> Bool {
    try handle.receiveFrame(frame.raw)
  }

  /// Drops the frames of the current message that have not been received.
  ///
  /// - Throws: ``ZeroMQError`` if the context is shut down.
  package mutating func discardRest(of frame: borrowing Message) throws(ZeroMQError) {
    if frame.hasMore { _ = try handle.discardRest() }
  }
}

extension SocketHandle {
  func receive(into message: inout Multipart) throws(ZeroMQError) -> Bool {
    message.removeAll()
    guard try receiveFrame(message.vacantFrame()) else { return false }
    message.appendReceived()
    while message.lastFrameHasMore {
      guard message.count < message.maximumFrames else {
        let excess = try discardRest()
        let frames = message.count + excess
        message.removeAll()
        throw ZeroMQError(
          .tooManyFrames, call: "zmq_msg_recv", endpoint: kind.name,
          reason: "a message of \(frames) frames came where \(message.maximumFrames) are the limit",
          remedy: "check that the peer speaks the same version of the protocol")
      }
      guard try receiveFrame(message.vacantFrame()) else { throw broken() }
      message.appendReceived()
    }
    return true
  }

  func receiveFrame(_ frame: UnsafeMutablePointer<zmq_msg_t>) throws(ZeroMQError) -> Bool {
    claimOwner()
    guard retryingInterrupts({ zmq_msg_recv(frame, raw, ZMQ_DONTWAIT) }) == -1 else { return true }
    guard zmq_errno() == EAGAIN else { throw .last("zmq_msg_recv", endpoint: kind.name) }
    mayHold = false
    return false
  }

  /// Reads a message to its end; the number of frames dropped.
  func discardRest() throws(ZeroMQError) -> Int {
    let frame = Message()
    var count = 0
    repeat {
      guard try receiveFrame(frame.raw) else { throw broken() }
      count += 1
    } while frame.hasMore
    return count
  }

  /// libzmq hands over whole messages only; that it did not is a defect of libzmq.
  func broken() -> ZeroMQError {
    ZeroMQError(
      .brokenMessage, call: "zmq_msg_recv", endpoint: kind.name,
      reason: "the frames of a message did not arrive together",
      remedy: "close the socket; report this with the version of libzmq")
  }
}
