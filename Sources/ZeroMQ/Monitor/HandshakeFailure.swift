import CZeroMQ

/// Why a peer was not taken on.
package enum HandshakeFailure: Hashable, Sendable {
  /// The allow-list said no; told on the server's side only, 300 by this module's handler. A client
  /// that is denied just sees its connection closed.
  case denied(status: Int)
  /// One side encrypts and the other does not, or does so in another way.
  case mechanismMismatch
  /// The keys do not fit: the client has another key for this server than the server's own.
  case wrongKey
  /// The peer does not speak the protocol; the number is one of `ZMQ_PROTOCOL_ERROR_…`.
  case protocolError(Int)
  /// The connection ended in the middle; the words are the operating system's.
  case interrupted(reason: String)

  init(protocolError value: UInt32) {
    switch CInt(bitPattern: value) {
    case CInt(ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH): self = .mechanismMismatch
    case CInt(ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC): self = .wrongKey
    default: self = .protocolError(Int(value))
    }
  }
}

extension HandshakeFailure {
  /// Whether libzmq gives the connection up for ever on the side that connects, so that it has to be
  /// disconnected and connected again by whoever expects the peer to be another one some day.
  package var isFinal: Bool {
    switch self {
    case .mechanismMismatch, .wrongKey, .protocolError: true
    case .denied, .interrupted: false
    }
  }
}

extension HandshakeFailure: CustomStringConvertible {
  /// The reason in words.
  package var description: String {
    switch self {
    case .denied(let status): "the key is not on the allow-list (status \(status))"
    case .mechanismMismatch: "one side is encrypted and the other is not"
    case .wrongKey: "the keys do not fit; check the server's public key"
    case .protocolError(let code): "the peer does not speak ZeroMQ (0x\(String(code, radix: 16)))"
    case .interrupted(let reason): reason
    }
  }
}
