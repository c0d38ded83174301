/// The 40 bytes of an entry as five little-endian words, in the order of the specification.
package struct RawEntry: Sendable, Equatable {
  /// Bytes on the wire.
  static let size = 40

  private var first: UInt64
  /// Bytes 8..<16.
  var length: UInt64
  /// Bytes 16..<24.
  var digest: UInt64
  private var fourth: UInt64
  private var fifth: UInt64

  var index: UInt32 { UInt32(truncatingIfNeeded: first) }
  var attempt: UInt16 { UInt16(truncatingIfNeeded: first >> 32) }
  var kind: UInt8 { UInt8(truncatingIfNeeded: first >> 48) }
  var flags: UInt8 { UInt8(truncatingIfNeeded: first >> 56) }
  /// Bytes 24..<28.
  var a: UInt32 { UInt32(truncatingIfNeeded: fourth) }
  /// Bytes 28..<32.
  var b: UInt32 { UInt32(truncatingIfNeeded: fourth >> 32) }
  /// Bytes 32..<36.
  var c: UInt32 { UInt32(truncatingIfNeeded: fifth) }
  /// Bytes 36..<40.
  var d: UInt32 { UInt32(truncatingIfNeeded: fifth >> 32) }
  /// Bytes 32..<40.
  var wide: UInt64 { fifth }

  /// An entry with flags 0 whose last 16 bytes are `a`, `b` and the 64-bit `wide`.
  init(
    index: UInt32, attempt: UInt16, kind: UInt8, length: Int, digest: UInt64, a: UInt32 = 0,
    b: UInt32 = 0, wide: UInt64 = 0
  ) {
    precondition(attempt >= 1, "attempts count from 1")
    first = UInt64(index) | UInt64(attempt) << 32 | UInt64(kind) << 48
    self.length = UInt64(length)
    self.digest = digest
    fourth = UInt64(a) | UInt64(b) << 32
    fifth = wide
  }

  /// Reads the 40 bytes at `offset`.
  init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    func word(_ index: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset + index * 8, as: UInt64.self))
    }
    first = word(0)
    length = word(1)
    digest = word(2)
    fourth = word(3)
    fifth = word(4)
  }

  /// Writes 40 bytes at `offset`.
  func store(to bytes: UnsafeMutableRawBufferPointer, at offset: Int) {
    func put(_ word: UInt64, _ index: Int) {
      bytes.storeBytes(of: word.littleEndian, toByteOffset: offset + index * 8, as: UInt64.self)
    }
    put(first, 0)
    put(length, 1)
    put(digest, 2)
    put(fourth, 3)
    put(fifth, 4)
  }
}
