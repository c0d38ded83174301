import Columnar
import Operators
import Testing

@testable import Formats

@Suite struct PartitionCutTests {
  private static let sizes = [1, 2, 3, 5, 8, 13, 31, 63, 64, 65, 127, 300, 1000, 1 << 20]

  @Test(arguments: Array(0..<24).map(UInt64.init))
  func randomRecordsAreNeverSplitAndNeverLost(seed: UInt64) throws {
    let columns = Int(seed % 4) + 2
    let data = RandomCSV(
      seed: seed, records: 60, columns: columns, lastNewline: seed % 3 != 0)
    let files = TemporaryFiles()
    let format = csv(header: false)
    let input = try InputPlanner(format: format).plan(paths: [files.write("a.csv", data.text)])
    let schema = InputSchema(
      columns: (0..<columns).map { InputColumn(name: "c\($0 + 1)", type: .text) })
    for size in Self.sizes {
      let slices = try partitions(input, format, size)
      let parts = pieces(slices, of: data.text)
      #expect(parts.flatMap { $0 } == data.text, "partition \(size)")
      var rows: Rows = []
      var start = 0
      for part in parts {
        var skipped = 0
        rows += try read(part, format, schema, skipped: &skipped)
        let end = start + part.count
        #expect(end == data.boundaries.first { $0 >= min(start + size, data.text.count) })
        start = end
      }
      #expect(rows == data.rows, "partition \(size)")
    }
  }

  @Test(arguments: Array(100..<116).map(UInt64.init))
  func theSizeOfReadsMakesNoDifference(seed: UInt64) throws {
    let data = RandomCSV(seed: seed, records: 12, columns: 3)
    let files = TemporaryFiles()
    let reader = try FileReader(path: files.write("a.csv", data.text))
    for window in [1, 2, 3, 7, 64] {
      let boundary = QuotedBoundary(
        reader, quote: UInt8(ascii: "\""), delimiter: UInt8(ascii: ","), maxRecord: 1 << 20,
        window: window)
      for target in 1..<data.text.count {
        let end = try boundary.end(from: 0, atOrAfter: Int64(target))
        #expect(Int(end) == data.boundaries.first { $0 >= target })
      }
    }
  }

  @Test func quotesMeanNothingWhereThereAreNone() throws {
    let text = "a,b\n\"x,1\ny\",2\n"
    let files = TemporaryFiles()
    let format = csv(quote: nil)
    let input = try InputPlanner(format: format).plan(paths: [files.write("a.csv", text)])
    let parts = pieces(try partitions(input, format, 1), of: Array(text.utf8))
    #expect(parts == [Array("\"x,1\n".utf8), Array("y\",2\n".utf8)])
  }

  @Test func partsOfLinesReachAcrossReads() throws {
    let files = TemporaryFiles()
    let long = String(repeating: "x", count: 200_000)
    let text = "a\n\(long)\nb\n"
    let input = try InputPlanner(format: .text).plan(paths: [files.write("a.txt", text)])
    let parts = pieces(try partitions(input, .text, 10), of: Array(text.utf8))
    #expect(parts.map(\.count) == [200_003, 2])
  }

  @Test func headersAndMarksOfEveryFileAreLeftOut() throws {
    let files = TemporaryFiles()
    let paths = [
      files.write("a.csv", "\u{FEFF}x,y\r\n1,2\r\n"),
      files.write("b.csv", ""),
      files.write("c.csv", "x,y\n"),
      files.write("d.csv", "\"x\",y\n3,4"),
    ]
    let input = try InputPlanner(format: .csv).plan(paths: paths)
    #expect(input.schema.columns.map(\.name) == ["x", "y"])
    let slices = try partitions(input, .csv, 1)
    #expect(
      slices == [
        .file(index: 0, offset: 8, length: 5), .file(index: 3, offset: 6, length: 3),
      ])
  }

  @Test func bytesAreCutAtExactMultiples() throws {
    let files = TemporaryFiles()
    let paths = [
      files.write("a", [UInt8](repeating: 10, count: 10)), files.write("b", []),
      files.write("c", [0xEF, 0xBB, 0xBF, 1]),
    ]
    let input = try InputPlanner(format: .bytes).plan(paths: paths)
    #expect(
      try partitions(input, .bytes, 4) == [
        .file(index: 0, offset: 0, length: 4), .file(index: 0, offset: 4, length: 4),
        .file(index: 0, offset: 8, length: 2), .file(index: 2, offset: 0, length: 4),
      ])
  }

  @Test func rangesAreCutByCount() throws {
    var source = try RangeSource(from: -2, to: 5, partition: 3, payload: 8)
    var slices: [PartitionSlice] = []
    while let slice = source.next() { slices.append(slice) }
    #expect(
      slices == [
        .range(from: -2, count: 3, payload: 8), .range(from: 1, count: 3, payload: 8),
        .range(from: 4, count: 1, payload: 8),
      ])
    var empty = try RangeSource(from: 5, to: 5, partition: 1, payload: 0)
    #expect(empty.next() == nil)
    var widest = try RangeSource(from: .min, to: .max, partition: .max, payload: 0)
    #expect(widest.next() == .range(from: .min, count: .max, payload: 0))
    #expect(widest.next() == .range(from: -1, count: .max, payload: 0))
    #expect(widest.next() == .range(from: .max - 1, count: 1, payload: 0))
    #expect(widest.next() == nil)
    #expect(throws: SourceError.self) {
      try RangeSource(from: 0, to: 1, partition: .max, payload: 2)
    }
  }
}
