/// The version of the wire format that this code speaks.
package enum WireVersion {
  /// First byte of every message. Peers of another major version are refused.
  package static let major: UInt8 = 1
  /// Second byte of every message. Counts additions that an older peer can ignore.
  package static let minor: UInt8 = 3
}
