import CZeroMQ

extension Message {
  /// The numeric address of the peer that a received frame came from, such as `10.0.0.7` or
  /// `fd00::7`; nil if it did not come over TCP.
  package borrowing func peerAddress() -> String? { MessagePeer.address(raw) }

  /// The public key of the client that a received frame came from, as the ``ZAPHandler`` admitted
  /// it; nil on the client's side, and for frames of sockets that are not encrypted.
  package borrowing func userID() -> CurvePublicKey? { MessagePeer.userID(raw) }
}

extension Multipart {
  /// The peer's address, as ``Message/peerAddress()``; nil also without frames.
  package func peerAddress() -> String? {
    count == 0 ? nil : MessagePeer.address(frame(0))
  }

  /// The peer's key, as ``Message/userID()``; nil also without frames.
  package func userID() -> CurvePublicKey? {
    count == 0 ? nil : MessagePeer.userID(frame(0))
  }
}

/// What libzmq knows of the sender of a frame.
private enum MessagePeer {
  static func address(_ frame: UnsafeMutablePointer<zmq_msg_t>) -> String? {
    guard let text = zmq_msg_gets(frame, "Peer-Address"), text.pointee != 0 else { return nil }
    let address = String(cString: text)
    // Of ipc it tells user, group and process.
    guard !address.hasPrefix("localhost:") else { return nil }
    return Endpoint.withoutMapping(address: address)
  }

  static func userID(_ frame: UnsafeMutablePointer<zmq_msg_t>) -> CurvePublicKey? {
    // The text is what ZAPResponder answered with, hence a key or nothing.
    guard let text = zmq_msg_gets(frame, "User-Id") else { return nil }
    return CurvePublicKey(z85: text)
  }
}
