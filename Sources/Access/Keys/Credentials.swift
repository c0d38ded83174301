package import ZeroMQ

/// Who a process is to others, and whom it trusts.
package enum Credentials: Sendable {
  /// Nobody: nothing is encrypted, and anybody may take part.
  case none

  /// The holder of a key pair in the cluster of the supervisor with this key.
  case curve(CurveKeyPair, supervisor: CurvePublicKey)
}

extension Credentials {
  /// The key by which others know this process; nil without.
  package var publicKey: CurvePublicKey? {
    guard case .curve(let pair, _) = self else { return nil }
    return pair.publicKey
  }
}
