import CZeroMQ

/// The text form of keys: 5 printable characters for 4 bytes.
///
/// Source: ZeroMQ RFC 32/Z85.
enum Z85 {
  /// The length of a key in bytes, and of its text.
  static let keyLength = 32
  static let textLength = 40

  /// The text of 32 bytes.
  static func encode(_ key: UnsafeRawBufferPointer) -> String {
    precondition(key.count == keyLength, "a key of \(key.count) bytes")
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: textLength + 1) { text in
      let bytes = key.assumingMemoryBound(to: UInt8.self)
      guard zmq_z85_encode(text.baseAddress, bytes.baseAddress, keyLength) != nil else {
        preconditionFailure("zmq_z85_encode refused \(keyLength) bytes")
      }
      return String(cString: text.baseAddress!)
    }
  }

  /// Writes the 32 bytes that `text` stands for into `key`.
  ///
  /// - Throws: ``ZeroMQError/Code/invalidKey``, which does not repeat the text: it may be secret.
  static func decode(
    _ text: String, into key: UnsafeMutablePointer<UInt8>, call: String
  ) throws(ZeroMQError) {
    // The length in bytes and no NUL: libzmq reads up to the first one.
    guard text.utf8.count == textLength, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      zmq_z85_decode(key, text) != nil
    else {
      throw ZeroMQError(
        .invalidKey, call: call, reason: "a key is 40 characters of Z85, and this is not",
        remedy: "copy the whole key, or make a new pair")
    }
  }
}
