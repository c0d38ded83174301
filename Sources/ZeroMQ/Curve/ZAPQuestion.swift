/// A question of libzmq's: is this client to be admitted?
///
/// Source: ZeroMQ RFC 27/ZAP.
struct ZAPQuestion {
  /// Who asks within libzmq, for the answer to find its way.
  private let asker: [UInt8]
  private let request: [UInt8]

  /// The client's public key; nil if the question is of another kind than this module's.
  let key: CurvePublicKey?

  /// The client's numeric address; empty for ipc.
  let address: String

  /// Frames as a ROUTER receives them: asker, nothing, version, request, domain, address, identity,
  /// mechanism, key. Nil for a message that is not of this shape and cannot be answered.
  init?(_ message: borrowing Multipart) {
    guard message.count >= 4, message.byteCount(ofFrame: 1) == 0 else { return nil }
    asker = Self.bytes(message, 0)
    request = Self.bytes(message, 3)
    let isCurve =
      message.count == 9 && Self.text(message, 2) == "1.0" && Self.text(message, 7) == "CURVE"
    key =
      isCurve ? message.withUnsafeBytes(ofFrame: 8) { CurvePublicKey(bytes: $0) } : nil
    address =
      message.count >= 6 ? Endpoint.withoutMapping(address: Self.text(message, 5)) : ""
  }

  /// The frames of an answer.
  static let answerFrames = 8

  /// Writes the answer: the client is admitted, and its messages carry its key, or it is cut off.
  func answer(admitted: Bool, into answer: inout Multipart) {
    answer.append(Message(copying: asker))
    answer.append(Message())
    answer.append(Message(copying: Array("1.0".utf8)))
    answer.append(Message(copying: request))
    // 300, not 400: libzmq's clients give up for ever after a 400.
    answer.append(Message(copying: Array((admitted ? "200" : "300").utf8)))
    answer.append(Message(copying: Array((admitted ? "OK" : "not on the allow-list").utf8)))
    answer.append(Message(copying: admitted ? Array((key?.z85 ?? "").utf8) : []))
    answer.append(Message())
  }

  private static func bytes(_ message: borrowing Multipart, _ index: Int) -> [UInt8] {
    message.withUnsafeBytes(ofFrame: index) { Array($0) }
  }

  private static func text(_ message: borrowing Multipart, _ index: Int) -> String {
    message.withUnsafeBytes(ofFrame: index) { String(decoding: $0, as: UTF8.self) }
  }
}
