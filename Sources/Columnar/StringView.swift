/// A view of UTF-8 bytes that something else keeps alive.
///
/// Sixteen bytes. Who holds a view holds the owner of its bytes too (``ColumnVector/owners``).
package struct StringView: BitwiseCopyable {
  /// The first byte; not meaningful when ``length`` is 0.
  package var start: UnsafePointer<UInt8>
  /// Bytes, at most `UInt32.max`.
  package var length: UInt32
  /// The first four bytes in big-endian order, zero-filled: orders and tells apart most strings
  /// without touching their bytes.
  package var prefix: UInt32

  /// A view of `length` bytes from `start`, which must stay valid for as long as the view is used.
  @inlinable @inline(__always)
  package init(start: UnsafePointer<UInt8>, length: Int) {
    self.start = start
    self.length = UInt32(truncatingIfNeeded: length)
    var prefix: UInt32 = 0
    if length >= 4 {
      prefix = UInt32(
        bigEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt32.self))
    } else {
      var shift: UInt32 = 24
      for index in 0..<length {
        prefix |= UInt32(start[index]) << shift
        shift &-= 8
      }
    }
    self.prefix = prefix
  }

  /// A view of `length` bytes from `start`, of which the first four are also `word`, the lowest byte
  /// first; what of `word` lies behind the view does not matter.
  @inlinable @inline(__always)
  package init(start: UnsafePointer<UInt8>, length: Int, word: UInt32) {
    self.start = start
    self.length = UInt32(truncatingIfNeeded: length)
    let behind = UInt64(UInt32.max) &>> UInt64(8 &* min(length, 4))
    prefix = word.byteSwapped & ~UInt32(truncatingIfNeeded: behind)
  }

  // One byte that is never freed, for views of nothing to point at.
  private nonisolated(unsafe) static let nowhere: UnsafePointer<UInt8> = {
    let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    byte.initialize(to: 0)
    return UnsafePointer(byte)
  }()

  /// A view of no bytes.
  package static var empty: StringView { StringView(start: nowhere, length: 0) }

  /// The bytes.
  @inlinable
  package var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: Int(length))
  }

  /// A copy as a `String`; bytes that are not UTF-8 become U+FFFD.
  package var string: String {
    length == 0 ? "" : String(decoding: bytes, as: UTF8.self)
  }
}
