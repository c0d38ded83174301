#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension StringView: Comparable {
  /// Whether both show the same bytes.
  @inlinable
  package static func == (left: StringView, right: StringView) -> Bool {
    guard left.length == right.length, left.prefix == right.prefix else { return false }
    return left.length <= 4 || left.hasSameTail(as: right)
  }

  /// Bytewise order, which is PostgreSQL's with collation "C" and the order of Unicode scalars.
  @inlinable
  package static func < (left: StringView, right: StringView) -> Bool {
    left.compare(right) < 0
  }

  /// Negative, zero or positive as this one's bytes come before, are or come after `other`'s.
  @inlinable
  package func compare(_ other: StringView) -> Int {
    if prefix != other.prefix { return prefix < other.prefix ? -1 : 1 }
    return compareTail(other)
  }

  /// Compares what the prefixes leave open.
  @usableFromInline
  package func compareTail(_ other: StringView) -> Int {
    let common = Int(min(length, other.length))
    if common > 4 {
      let order = memcmp(start + 4, other.start + 4, common - 4)
      if order != 0 { return Int(order) }
    }
    return Int(length) - Int(other.length)
  }

  /// Whether bytes 4... of two views of equal length above 4 are the same.
  @usableFromInline
  package func hasSameTail(as other: StringView) -> Bool {
    memcmp(start + 4, other.start + 4, Int(length) - 4) == 0
  }
}

extension StringView: Hashable {
  /// Feeds the bytes shown.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(ValueHash.text(self))
  }
}
