import Columnar
import Operators
import Testing

@testable import Formats

@Suite struct TextAndRangeScanTests {
  @Test func everyLineIsARow() throws {
    #expect(
      try read("one\r\n\n\"two,\nthree", .text, .text) == [["one"], [""], ["\"two,"], ["three"]])
    #expect(try read("", .text, .text).isEmpty)
    #expect(try read("a\nb\n", .text, .text, needed: []) == [[], []])
  }

  @Test func linesThatAreNotUTF8AreBad() throws {
    var skipped = 0
    let bytes: [UInt8] = [0x61, 10, 0xFF, 10, 0x62, 10]
    #expect(throws: ScanError.self) { try read(bytes, .text, .text, skipped: &skipped) }
    let format = InputFormat(.text, onBadRecord: .skip)
    #expect(try read(bytes, format, .text, skipped: &skipped) == [["a"], ["b"]])
    #expect(skipped == 1)
  }

  @Test func aRangeCountsUp() throws {
    let scan = makeScan(format: .range, schema: .range, needed: [0])
    let vector = ColumnVector(type: .bigint, capacity: 1)
    scan.begin(
      .range(from: .max - 4999, count: 5000, payload: UnsafeRawBufferPointer(start: nil, count: 0)),
      owner: nil)
    var values: [Int64] = []
    while case let rows = try scan.nextRows(limit: 4096), rows > 0 {
      try scan.decode(slot: 0, into: vector)
      values += UnsafeBufferPointer(start: vector.values(as: Int64.self), count: rows)
    }
    #expect(values.count == 5000)
    #expect(values.first == Int64.max - 4999)
    #expect(values.last == Int64.max)
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xFF],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8AreFound(bytes: [UInt8]) {
    let padded = [UInt8](repeating: 0x61, count: 70) + [0xC3, 0xA9] + bytes
    let found = padded.withUnsafeBufferPointer {
      UTF8Check.firstInvalid($0.baseAddress!, $0.count)
    }
    #expect(found == 72)
  }
}
