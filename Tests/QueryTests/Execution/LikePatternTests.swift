import Columnar
import Testing

@testable import Query

@Suite("LIKE")
struct LikePatternTests {
  @Test("Agrees with the definition on random texts and patterns", arguments: UInt64(0)..<8)
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let arena = ByteArena()
    for _ in 0..<500 {
      let text = word(["a", "b", "ä", "日"], longest: 8, &generator)
      let pattern = word(["a", "b", "ä", "%", "%", "_", "\\%"], longest: 7, &generator)
      let compiled = try LikePattern(arena.copy(pattern), escape: [UInt8(ascii: "\\")])
      let expected = ReferenceText.matches(
        Array(text.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
      #expect(compiled.matches(arena.copy(text)) == expected, "'\(text)' LIKE '\(pattern)'")
    }
  }

  @Test("Bytes that are not UTF-8 are matched without harm")
  func invalidBytes() throws {
    let bytes: [UInt8] = [0xC3, 0x28, 0x80, 0xFF]
    try bytes.withUnsafeBufferPointer { buffer in
      let text = StringView(start: try #require(buffer.baseAddress), length: buffer.count)
      let arena = ByteArena()
      for pattern in ["%", "_%_", "%(%"] {
        #expect(try LikePattern(arena.copy(pattern), escape: []).matches(text))
      }
    }
  }

  private func word(
    _ letters: [String], longest: Int, _ generator: inout SeededGenerator
  ) -> String {
    (0..<Int.random(in: 0...longest, using: &generator)).map { _ in generator.pick(letters) }
      .joined()
  }
}
