import Testing
import Wire

@Suite struct DigestTests {
  /// Values computed with another implementation (python-xxhash 4.1, xxHash 0.8).
  @Test(
    arguments: [
      ("", 0x2d06_8005_38d3_94c2), ("a", 0xe6c6_32b6_1e96_4e1f),
      ("millrace", 0x0f79_8300_cb96_eca5),
      (String(repeating: "0123456789", count: 100), 0xdbdf_7703_60da_5ac5),
    ] as [(String, UInt64)])
  func agreesWithOthers(_ text: String, _ digest: UInt64) {
    #expect(Array(text.utf8).withUnsafeBytes { Digest.xxh3($0) } == digest)
  }

  @Test func emptyIsTheDigestOfNothing() {
    #expect(Digest.xxh3(UnsafeRawBufferPointer(start: nil, count: 0)) == Digest.empty)
    #expect(Digest.Stream().value == Digest.empty)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func piecesGiveTheSameAsTheWhole(_ seed: UInt64) {
    var random = Random(seed: seed)
    var stream = Digest.Stream()
    for _ in 0..<3 {
      stream.reset()
      let bytes = random.bytes(Int.random(in: 0...3000, using: &random))
      bytes.withUnsafeBytes { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
          let piece = rest.prefix(Int.random(in: 0...700, using: &random))
          stream.update(UnsafeRawBufferPointer(rebasing: piece))
          rest = rest.dropFirst(piece.count)
        }
        #expect(stream.value == Digest.xxh3(bytes))
      }
    }
  }
}
