/// The public half of a key pair: who somebody is. May be shown to anybody.
package struct CurvePublicKey: Hashable, Sendable {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// Reads the 40 characters of Z85.
  ///
  /// - Throws: ``ZeroMQError/Code/invalidKey``.
  package init(z85 text: String) throws(ZeroMQError) {
    var bytes = [UInt8](repeating: 0, count: Z85.keyLength)
    try Z85.decode(text, into: &bytes, call: "CurvePublicKey")
    self.bytes = bytes
  }

  /// Takes 32 bytes; nil for any other number.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Z85.keyLength else { return nil }
    self.bytes = Array(bytes)
  }

  /// The 40 characters of Z85.
  package var z85: String {
    bytes.withUnsafeBytes { Z85.encode($0) }
  }
}

extension CurvePublicKey: CustomStringConvertible {
  /// The key in Z85.
  package var description: String { z85 }
}
