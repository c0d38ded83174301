import CZeroMQ

/// The two halves of an identity.
package struct CurveKeyPair: Sendable {
  /// What others list and check.
  package let publicKey: CurvePublicKey

  /// What proves it.
  package let secretKey: CurveSecretKey

  /// Makes a new pair from the operating system's randomness.
  ///
  /// - Throws: ``ZeroMQError/Code/notSupported`` if this libzmq was built without CURVE.
  package static func generate() throws(ZeroMQError) -> CurveKeyPair {
    var publicText = [CChar](repeating: 0, count: Z85.textLength + 1)
    var secretText = publicText
    guard zmq_curve_keypair(&publicText, &secretText) == 0 else { throw .last("zmq_curve_keypair") }
    return CurveKeyPair(
      publicKey: try CurvePublicKey(z85: Self.string(publicText)),
      secretKey: try CurveSecretKey(z85: Self.string(secretText)))
  }

  /// The pair of a secret key.
  ///
  /// - Throws: ``ZeroMQError/Code/notSupported`` if this libzmq was built without CURVE.
  package init(secretKey: CurveSecretKey) throws(ZeroMQError) {
    var publicText = [CChar](repeating: 0, count: Z85.textLength + 1)
    guard zmq_curve_public(&publicText, secretKey.revealZ85()) == 0 else {
      throw .last("zmq_curve_public")
    }
    self.init(publicKey: try CurvePublicKey(z85: Self.string(publicText)), secretKey: secretKey)
  }

  private init(publicKey: CurvePublicKey, secretKey: CurveSecretKey) {
    self.publicKey = publicKey
    self.secretKey = secretKey
  }

  private static func string(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
