import Columnar
import Testing

@testable import Formats

/// Whatever the records before were like, a record is read as if it stood alone.
@Suite struct JSONShapeTests {
  private let types = schema(("a", .text), ("n", .text), ("key", .text))

  @Test(arguments: Array(0..<9).map(UInt64.init))
  func recordsTogetherAreReadAsEachAlone(seed: UInt64) throws {
    var random = RandomJSONLines(seed: seed)
    let lines = (0..<(random.hasManyKeys ? 800 : 100)).map { _ in random.line() }
    let text = lines.joined(separator: "\n")
    let skipping = InputFormat(.jsonLines, maxRecord: 400, onBadRecord: .skip)
    var rows: Rows = []
    var skipped = 0
    var firstFailure: ScanError?
    var offset = 0
    for line in lines {
      var bad = 0
      rows += try read(Array(line.utf8), skipping, types, skipped: &bad)
      skipped += bad
      if bad > 0, firstFailure == nil {
        let failing = InputFormat(.jsonLines, maxRecord: 400)
        firstFailure = failure(line, failing, types)
        firstFailure?.recordOffset += offset
      }
      offset += line.utf8.count + 1
    }
    var together = 0
    #expect(try read(Array(text.utf8), skipping, types, limit: 100, skipped: &together) == rows)
    #expect(together == skipped)
    let found = failure(text, InputFormat(.jsonLines, maxRecord: 400), types)
    #expect(found?.message == firstFailure?.message)
    #expect(found?.recordOffset == firstFailure?.recordOffset)
  }

  @Test func piecesOfARecordAreNotTakenForItsStart() throws {
    let good = #"{"a":1,"n":2}"#
    let padding = String(repeating: good + "\n", count: 20)
    for bad in [#","n":2}"#, "}", #"{"a":1{"a":2}"#, #"z"a":1}"#, #"-"n":2}"#] {
      let error = try #require(failure(good + "\n" + bad + "\n" + padding, .jsonLines, types))
      #expect(error.recordOffset == good.utf8.count + 1)
    }
  }
}
