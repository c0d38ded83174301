import CZeroMQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The public half of a key pair: who somebody is. May be shown to anybody.
package struct CurvePublicKey: Hashable, Sendable {
  /// The length in bytes.
  package static let byteCount = Z85.keyLength

  // Within the value, not in an array: keys are compared for each message received.
  private let words: SIMD4<UInt64>

  /// Reads the 40 characters of Z85.
  ///
  /// - Throws: ``ZeroMQError/Code/invalidKey``.
  package init(z85 text: String) throws(ZeroMQError) {
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    try Z85.decode(text, into: &bytes, call: "CurvePublicKey")
    words = bytes.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
  }

  /// Takes 32 bytes; nil for any other number.
  package init?(bytes: [UInt8]) {
    guard let key = bytes.withUnsafeBytes({ CurvePublicKey(bytes: $0) }) else { return nil }
    self = key
  }

  /// Takes 32 bytes; nil for any other number.
  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    words = bytes.loadUnaligned(as: SIMD4<UInt64>.self)
  }

  /// Reads Z85 as libzmq keeps it; nil if it is no key.
  init?(z85 text: UnsafePointer<CChar>) {
    guard strlen(text) == Z85.textLength else { return nil }
    var words = SIMD4<UInt64>()
    let isRead = withUnsafeMutableBytes(of: &words) { bytes in
      zmq_z85_decode(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, text) != nil
    }
    guard isRead else { return nil }
    self.words = words
  }

  /// The 32 bytes.
  package var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

  /// The 40 characters of Z85.
  package var z85: String { withUnsafeBytes(of: words) { Z85.encode($0) } }
}

extension CurvePublicKey: CustomStringConvertible {
  /// The key in Z85.
  package var description: String { z85 }
}
