import Testing
import Wire

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The examples in the specification are what the encoder makes.
@Suite struct SpecificationTests {
  @Test func theDataPlanesExampleIsTheEncodersBytes() throws {
    let examples = try Self.examples(page: "DataPlane.md")
    let (lane, stored) = (Samples.lane(), Samples.stored())
    #expect(examples == [lane.frame, lane.payload, stored.frame, stored.payload])
  }

  @Test func theControlPlanesExampleIsTheEncodersBytes() throws {
    #expect(try Self.examples(page: "ControlPlane.md") == [Samples.beat.encoded()])
  }

  /// The bytes of each fenced block of `hex`, with lines `offset | bytes | meaning`. Records an issue
  /// where an offset is wrong.
  static func examples(page: String) throws -> [[UInt8]] {
    var examples: [[UInt8]] = []
    var inside = false
    for line in try text(page).split(separator: "\n") {
      if line.hasPrefix("```") {
        inside = line == "```hex"
        if inside { examples.append([]) }
      } else if inside {
        let columns = line.split(separator: "|")
        let offset = try #require(Int(columns[0].filter { $0 != " " }, radix: 16))
        #expect(offset == examples[examples.count - 1].count, "offset in: \(line)")
        examples[examples.count - 1] += try #require(Hex.bytes(columns[1]))
      }
    }
    return examples
  }

  static func text(_ page: String) throws -> String {
    let tests = #filePath.split(separator: "/").dropLast(3)
    return try text(path: "/" + tests.joined(separator: "/") + "/Sources/Wire/Wire.docc/" + page)
  }

  /// The text of a file.
  static func text(path: String) throws -> String {
    let file = try #require(fopen(path, "r"), "cannot open \(path)")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      if count == 0 { break }
      bytes += piece[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
