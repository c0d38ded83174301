/// Searches for bytes eight at a time: for the short distances between the bytes of a field, where
/// a call of `memchr` costs more than it finds.
///
/// The zero-byte test of Mycroft (Hacker's Delight, 6-1) can mark bytes above the first match
/// wrongly, never below it, so the lowest mark is always right.
enum WordSearch {
  private static let low: UInt64 = 0x0101_0101_0101_0101
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// The position of the first `byte` in `from ..< end`, or `end`.
  @inline(__always)
  static func first(
    _ byte: UInt8, in bytes: UnsafePointer<UInt8>, from: Int, to end: Int
  ) -> Int {
    let pattern = low &* UInt64(byte)
    var position = from
    while position &+ 8 <= end {
      let found = marks(word(bytes + position) ^ pattern)
      if found != 0 { return position &+ (found.trailingZeroBitCount &>> 3) }
      position &+= 8
    }
    while position < end, bytes[position] != byte { position &+= 1 }
    return position
  }

  /// The position of the first byte in `from ..< end` that is one of two, or `end`.
  @inline(__always)
  static func first(
    _ one: UInt8, or other: UInt8, in bytes: UnsafePointer<UInt8>, from: Int, to end: Int
  ) -> Int {
    let onePattern = low &* UInt64(one)
    let otherPattern = low &* UInt64(other)
    var position = from
    while position &+ 8 <= end {
      let word = word(bytes + position)
      let found = marks(word ^ onePattern) | marks(word ^ otherPattern)
      if found != 0 { return position &+ (found.trailingZeroBitCount &>> 3) }
      position &+= 8
    }
    while position < end, bytes[position] != one, bytes[position] != other { position &+= 1 }
    return position
  }

  @inline(__always)
  private static func word(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  private static func marks(_ word: UInt64) -> UInt64 { (word &- low) & ~word & high }
}
