#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension UnsafeBufferPointer<UInt8> {
  /// The index of the first `byte` in `range`, at the speed of the C library's `memchr`.
  @inline(__always)
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard let base = baseAddress, !range.isEmpty else { return nil }
    let from = base + range.lowerBound
    guard let found = memchr(from, Int32(byte), range.count) else { return nil }
    return range.lowerBound + (UnsafeRawPointer(found) - UnsafeRawPointer(from))
  }
}
