#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The secret half of a key pair. Never printed, also not by `dump`; wiped when it is let go.
package struct CurveSecretKey: Sendable {
  private let storage: Storage

  /// `@unchecked Sendable`: the bytes are written by the initialiser only, before anybody else
  /// knows the object.
  private final class Storage: @unchecked Sendable {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: Z85.keyLength)

    deinit {
      #if canImport(Glibc)
      explicit_bzero(bytes, Z85.keyLength)
      #else
      memset_s(bytes, Z85.keyLength, 0, Z85.keyLength)
      #endif
      bytes.deallocate()
    }
  }

  /// Reads the 40 characters of Z85.
  ///
  /// - Throws: ``ZeroMQError/Code/invalidKey``, which does not repeat the text.
  package init(z85 text: String) throws(ZeroMQError) {
    storage = Storage()
    try Z85.decode(text, into: storage.bytes, call: "CurveSecretKey")
  }

  /// The 40 characters of Z85, to be stored where only its owner reads.
  package func revealZ85() -> String {
    Z85.encode(UnsafeRawBufferPointer(start: storage.bytes, count: Z85.keyLength))
  }

  func withUnsafeBytes<Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try body(UnsafeRawBufferPointer(start: storage.bytes, count: Z85.keyLength))
  }
}

extension CurveSecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says that there is a key, and nothing of it.
  package var description: String { "CurveSecretKey(hidden)" }

  /// Says that there is a key, and nothing of it.
  package var debugDescription: String { description }

  /// No children, so that `dump` shows none.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
