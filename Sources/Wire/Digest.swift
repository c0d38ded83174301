import CXXHash

/// XXH3 in its 64-bit form, as defined by xxHash 0.8 and later.
///
/// Digests find damage and differing results; they are no defence against a peer that means harm.
package enum Digest {
  /// The digest of no bytes.
  package static let empty: UInt64 = 0x2d06_8005_38d3_94c2

  /// The digest of `bytes`, with seed 0.
  package static func xxh3(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    XXH3_64bits(bytes.baseAddress, bytes.count)
  }

  /// The digest of `bytes`, with a seed.
  package static func xxh3(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    XXH3_64bits_withSeed(bytes.baseAddress, bytes.count, seed)
  }

  /// The digest in bytes 56..<64 of a data message's first frame: the digest of `body` seeded with
  /// the digest of the 56 header bytes before it, so that it covers both without a copy.
  static func ofMessage(header: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer) -> UInt64 {
    xxh3(body, seed: xxh3(header))
  }
}
