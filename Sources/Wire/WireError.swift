/// Why bytes from a peer were refused.
package struct WireError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of refusal this is.
  package enum Code: Sendable, Equatable {
    /// The peer speaks another major version: both must run the same release.
    case version
    /// The bytes do not follow the specification: the peer is broken or no peer of ours.
    case malformed
    /// A digest does not match: the bytes were damaged after the peer made them.
    case corrupt
  }

  /// The kind of refusal.
  package var code: Code
  /// What is wrong and where in the message.
  package var message: String

  /// Describes a refusal.
  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  package var description: String { message }

  static func malformed(_ message: String) -> Self { Self(.malformed, message) }
  static func corrupt(_ message: String) -> Self { Self(.corrupt, message) }

  static func otherMajor(_ major: UInt8) -> Self {
    Self(
      .version,
      "peer speaks wire version \(major), this is \(WireVersion.major): "
        + "run the same release on both")
  }
}
