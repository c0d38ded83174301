import PipelineCore
import Wire
import ZeroMQ

extension Socket where Pattern: ReceivingPattern {
  /// The next message of two frames, or `nil` when there is none; others, and those of senders that are
  /// not admitted, are dropped and counted. After so many that were dropped there may be more: the caller
  /// has other things to do as well.
  mutating func receivePair(
    _ connections: Connections
  ) throws(ZeroMQError) -> (SharedMessage, SharedMessage)? {
    for _ in 0..<RuntimeLimits.burst {
      var message = Multipart(maximumFrames: 2)
      do {
        guard try receive(into: &message) else { return nil }
      } catch  where error.code == .tooManyFrames {
        connections.note(.frames("a data message of more than two frames"))
        continue
      }
      guard connections.admits(of: message) else { continue }
      guard message.count == 2 else {
        connections.note(.frames("a data message of one frame; they have two"))
        continue
      }
      return (SharedMessage(message.take(0)), SharedMessage(message.take(1)))
    }
    return nil
  }

  /// The next beat, roster or order, or `nil` when there is none; what is not understood, and what
  /// senders sent that are not admitted, is dropped and counted.
  ///
  /// - Parameter isBound: whether peers connect to this socket, so that they are to be on the list.
  /// - Returns: the message, and the key of its sender where the socket is bound and encrypted.
  mutating func receiveControl(
    _ connections: Connections, isBound: Bool
  ) throws(ZeroMQError) -> (message: ControlMessage, sender: CurvePublicKey?)? {
    var reader = BeatReader()
    return try receiveControl(connections, isBound: isBound, by: &reader)
  }

  /// The same, where beats of many nodes come again and again.
  mutating func receiveControl(
    _ connections: Connections, isBound: Bool, by reader: inout BeatReader
  ) throws(ZeroMQError) -> (message: ControlMessage, sender: CurvePublicKey?)? {
    var frame = Message()
    for _ in 0..<RuntimeLimits.burst {
      guard try receiveFrame(into: &frame) else { return nil }
      if frame.hasMore {
        try discardRest(of: frame)
        connections.note(.frames("a control message of several frames; they have one"))
        continue
      }
      let sender = isBound && connections.isEncrypted ? frame.userID() : nil
      if isBound, !connections.admits(sender) { continue }
      do throws(WireError) {
        var message = try frame.withUnsafeBytes { bytes throws(WireError) in
          try reader.read(bytes)
        }
        if case .beat(var beat) = message, beat.origin.isEmpty, let origin = frame.peerAddress() {
          beat.origin = origin
          reader.note(origin: origin, of: beat.sender.node)
          message = .beat(beat)
        }
        return (message, sender)
      } catch {
        connections.note(.wire(error), from: frame.peerAddress())
      }
    }
    return nil
  }
}
