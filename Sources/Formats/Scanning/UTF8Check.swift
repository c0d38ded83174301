/// Whether bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
  /// The index of the first byte that starts no valid sequence, or `count` when all is well.
  static func firstInvalid(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var index = 0
    while true {
      index = skipASCII(bytes, from: index, to: count)
      guard index < count else { return count }
      let length = sequenceLength(bytes + index, count - index)
      if length == 0 { return index }
      index += length
    }
  }

  /// The first byte from `start` on that is not ASCII, or `end`.
  @inline(__always)
  private static func skipASCII(
    _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Int {
    var index = start
    while index &+ 64 <= end {
      let union = unsafeBitCast(ByteBlock(bytes + index).union, to: SIMD2<UInt64>.self)
      if (union[0] | union[1]) & 0x8080_8080_8080_8080 != 0 { break }
      index &+= 64
    }
    while index < end, bytes[index] < 0x80 { index &+= 1 }
    return index
  }

  /// Bytes of the valid sequence at `bytes`, which starts with a byte above 0x7F; 0 when invalid.
  @inline(__always)
  private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ left: Int) -> Int {
    let lead = bytes[0]
    let length: Int
    // The second byte's range depends on the first (RFC 3629, section 4).
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0:
      length = 3
      second = 0xA0...0xBF
    case 0xED:
      length = 3
      second = 0x80...0x9F
    case 0xE1...0xEF: length = 3
    case 0xF0:
      length = 4
      second = 0x90...0xBF
    case 0xF1...0xF3: length = 4
    case 0xF4:
      length = 4
      second = 0x80...0x8F
    default: return 0
    }
    guard left >= length, second.contains(bytes[1]) else { return 0 }
    for index in 2..<max(length, 2) where bytes[index] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
