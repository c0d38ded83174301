import Logging
import PipelineCore
import Wire
import ZeroMQ

extension Socket where Pattern: ReceivingPattern {
  /// The next message of two frames, or `nil` when there is none; others are dropped with a warning,
  /// and those of senders that are not admitted without one. After so many that were dropped there may be
  /// more: the caller has other things to do as well.
  mutating func receivePair(
    _ connections: Connections, _ log: Logger
  ) throws(ZeroMQError) -> (SharedMessage, SharedMessage)? {
    for _ in 0..<RuntimeLimits.burst {
      var message = Multipart(maximumFrames: 2)
      do {
        guard try receive(into: &message) else { return nil }
      } catch  where error.code == .tooManyFrames {
        log.warning("a message was dropped", metadata: ["error": "\(error)"])
        continue
      }
      guard connections.admits(of: message) else { continue }
      guard message.count == 2 else {
        log.warning("a message of one frame was dropped; data messages have two")
        continue
      }
      return (SharedMessage(message.take(0)), SharedMessage(message.take(1)))
    }
    return nil
  }

  /// The next beat, roster or order of a sender that is admitted, or `nil` when there is none.
  mutating func receiveControl(
    _ connections: Connections, _ log: Logger
  ) throws(ZeroMQError) -> (message: ControlMessage, sender: CurvePublicKey?)? {
    var frame = Message()
    for _ in 0..<RuntimeLimits.burst {
      guard var message = try receiveControl(into: &frame, log) else { return nil }
      if case .beat(var beat) = message, let origin = frame.peerAddress() {
        beat.origin = origin
        message = .beat(beat)
      }
      let sender = connections.isEncrypted ? frame.userID() : nil
      if connections.admits(sender) { return (message, sender) }
    }
    return nil
  }

  /// The next beat, roster or order, or `nil` when there is none.
  mutating func receiveControl(_ log: Logger) throws(ZeroMQError) -> ControlMessage? {
    var frame = Message()
    return try receiveControl(into: &frame, log)
  }

  /// As above; what is not understood is dropped with a warning.
  private mutating func receiveControl(
    into frame: inout Message, _ log: Logger
  ) throws(ZeroMQError) -> ControlMessage? {
    for _ in 0..<RuntimeLimits.burst {
      guard try receiveFrame(into: &frame) else { return nil }
      if frame.hasMore {
        try discardRest(of: frame)
        log.warning("a message of several frames was dropped; control messages have one")
        continue
      }
      do throws(WireError) {
        return try frame.withUnsafeBytes { bytes throws(WireError) in
          try ControlMessage(frame: bytes)
        }
      } catch {
        log.warning("a control message was not understood", metadata: ["error": "\(error)"])
      }
    }
    return nil
  }
}
