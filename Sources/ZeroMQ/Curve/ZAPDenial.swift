/// A client that was not admitted.
package struct ZAPDenial: Hashable, Sendable {
  /// Its public key, to be listed if it should have been admitted; nil if it had none.
  package let key: CurvePublicKey?

  /// Its address as libzmq gives it, such as `10.0.0.7`; empty for ipc.
  package let address: String
}
