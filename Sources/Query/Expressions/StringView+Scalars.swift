import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// Characters are Unicode scalars, as in PostgreSQL. Bytes that are not UTF-8 count as one each
// where a lead byte is expected; nothing here reads outside the view.
extension StringView {
  /// Whether `byte` is one that follows a lead byte.
  @inline(__always)
  static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// Characters.
  var scalarCount: Int {
    var count = 0
    for byte in bytes where !Self.isContinuation(byte) { count += 1 }
    return count
  }

  /// Whether all bytes are below 128.
  var isASCII: Bool {
    var seen: UInt8 = 0
    for byte in bytes { seen |= byte }
    return seen < 0x80
  }

  /// The byte offset behind the first `count` characters, at most the length.
  func offset(afterScalars count: Int) -> Int {
    let bytes = bytes
    var left = count
    var offset = 0
    while offset < bytes.count, left > 0 {
      offset += scalarLength(at: offset)
      left -= 1
    }
    return offset
  }

  /// Bytes of the character that starts at `offset`, which is below the length.
  @inline(__always)
  func scalarLength(at offset: Int) -> Int {
    let end = Int(length)
    var next = offset + 1
    while next < end, Self.isContinuation(start[next]) { next += 1 }
    return next - offset
  }

  /// The view of bytes `range`.
  @inline(__always)
  func part(_ range: Range<Int>) -> StringView {
    range.isEmpty ? .empty : StringView(start: start + range.lowerBound, length: range.count)
  }

  /// The offset of the first place from `from` on where the bytes of `other`, not empty, stand.
  func firstOffset(of other: StringView, from: Int = 0) -> Int? {
    let wanted = Int(other.length)
    let end = Int(length)
    var offset = from
    while wanted <= end - offset {
      let left = end - offset - wanted + 1
      guard let found = memchr(start + offset, Int32(other.start[0]), left) else { return nil }
      let candidate = UnsafePointer(found.assumingMemoryBound(to: UInt8.self))
      if memcmp(candidate, other.start, wanted) == 0 { return candidate - start }
      offset = candidate - start + 1
    }
    return nil
  }

  /// Whether the first bytes are those of `other`.
  func hasPrefix(_ other: StringView) -> Bool {
    other.length <= length && memcmp(start, other.start, Int(other.length)) == 0
  }

  /// Whether the last bytes are those of `other`.
  func hasSuffix(_ other: StringView) -> Bool {
    other.length <= length
      && memcmp(start + Int(length - other.length), other.start, Int(other.length)) == 0
  }

  /// The text as scalars; what is not UTF-8 becomes U+FFFD.
  var scalars: [Unicode.Scalar] { Array(string.unicodeScalars) }
}
