import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The MD5 digest (RFC 1321), as a fingerprint and not for secrets.
enum MD5 {
  /// The digest of `bytes` in hexadecimal.
  static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>, _ arena: ByteArena) -> StringView {
    let digits = Array("0123456789abcdef".utf8)
    let place = arena.allocate(32)
    var index = 0
    for word in digest(bytes) {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        let byte = Int(word >> shift & 0xFF)
        place[index] = digits[byte >> 4]
        place[index + 1] = digits[byte & 15]
        index += 2
      }
    }
    return StringView(start: place, length: 32)
  }

  private static let shifts: [UInt32] = [
    7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21,
  ]
  private static let constants: [UInt32] = (0..<64).map {
    UInt32(abs(sin(Double($0 + 1))) * 4_294_967_296)
  }

  private static func digest(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
    let whole = bytes.count / 64 * 64
    for start in stride(from: 0, to: whole, by: 64) {
      add(UnsafeBufferPointer(rebasing: bytes[start..<start + 64]), to: &state)
    }
    var tail = Array(bytes[whole...])
    tail.append(0x80)
    while tail.count % 64 != 56 { tail.append(0) }
    let bits = UInt64(bytes.count) &* 8
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      tail.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
    tail.withUnsafeBufferPointer { rest in
      for start in stride(from: 0, to: rest.count, by: 64) {
        add(UnsafeBufferPointer(rebasing: rest[start..<start + 64]), to: &state)
      }
    }
    return state
  }

  private static func add(_ block: UnsafeBufferPointer<UInt8>, to state: inout [UInt32]) {
    let words = (0..<16).map { index in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(block[index * 4 + $1]) << UInt32($1 * 8) }
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    for step in 0..<64 {
      let mixed: UInt32
      let word: Int
      switch step / 16 {
      case 0: (mixed, word) = (b & c | ~b & d, step)
      case 1: (mixed, word) = (d & b | ~d & c, (5 * step + 1) % 16)
      case 2: (mixed, word) = (b ^ c ^ d, (3 * step + 5) % 16)
      default: (mixed, word) = (c ^ (b | ~d), 7 * step % 16)
      }
      let sum = a &+ mixed &+ constants[step] &+ words[word]
      let shift = shifts[step / 16 * 4 + step % 4]
      (a, d, c) = (d, c, b)
      b = b &+ (sum << shift | sum >> (32 - shift))
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
  }
}
