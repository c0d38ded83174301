import Columnar
import Testing

@testable import Formats

@Suite struct ShortNumberTests {
  private func word(_ text: [UInt8], _ rest: UInt8) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<8 {
      word |= UInt64(index < text.count ? text[index] : rest) << UInt64(8 * index)
    }
    return word
  }

  @Test(arguments: Array(0..<8).map(UInt64.init))
  func shortNumbersAreWhatTheGeneralParserSays(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("0123456789012345678901234567890123456789..-+e \u{1}".utf8)
    var found = 0
    for _ in 0..<4000 {
      let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        alphabet.randomElement(using: &random)!
      }
      let word = word(text, alphabet.randomElement(using: &random)!)
      text.withUnsafeBufferPointer { bytes in
        let start = bytes.baseAddress!
        if let value = ShortNumber.integer(word, bytes.count) {
          #expect(value == ValueParser.bigint(start, bytes.count))
          found += 1
        }
        if let value = ShortNumber.decimal(word, bytes.count) {
          #expect(value.bitPattern == ValueParser.double(start, bytes.count)?.bitPattern)
          found += 1
        }
      }
    }
    #expect(found > 1000)
  }

  @Test(arguments: [
    "0", "-1", "12345678", "-1234567", "1.5", "-12.3", ".5", "5.", "-0", "99.99999",
  ])
  func ordinaryNumbersAreRead(text: String) throws {
    let bytes = Array(text.utf8)
    let value = try #require(ShortNumber.decimal(word(bytes, 0x3B), bytes.count))
    #expect(value.bitPattern == Double(text.hasSuffix(".") ? text + "0" : text)?.bitPattern)
  }

  @Test(arguments: ["", "-", ".", "-.", "1.2.3", "1e5", " 1", "1 ", "+1", "--1", "1-", "/", ":"])
  func othersAreLeftToTheGeneralParser(text: String) {
    let bytes = Array(text.utf8)
    #expect(ShortNumber.decimal(word(bytes, 0x30), bytes.count) == nil)
    #expect(ShortNumber.integer(word(bytes, 0x30), bytes.count) == nil)
  }
}
