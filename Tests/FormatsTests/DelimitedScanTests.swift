import Columnar
import Operators
import Testing

@testable import Formats

@Suite struct DelimitedScanTests {
  private let two = schema(("a", .text), ("b", .text))

  @Test func quotesKeepDelimitersNewlinesAndQuotes() throws {
    let rows = try read("\"x,y\",\"line\none\"\n\"say \"\"hi\"\"\",\"\"\"\"\n", .csv, two)
    #expect(rows == [["x,y", "line\none"], ["say \"hi\"", "\""]])
  }

  @Test func aQuoteWithinAFieldIsAnOrdinaryByte() throws {
    #expect(try read("5\" disk,a\"b\"c\n", .csv, two) == [["5\" disk", "a\"b\"c"]])
  }

  @Test func emptyQuotesAreTextAndNothingIsNull() throws {
    #expect(try read("\"\",\n,\"\"\n", .csv, two) == [["", nil], [nil, ""]])
  }

  @Test func wordsForNullCountOutsideQuotes() throws {
    let format = csv(nulls: ["NA", "-"])
    #expect(
      try read("NA,\"NA\"\n-,na\n,x\n", format, two) == [[nil, "NA"], [nil, "na"], ["", "x"]])
    #expect(
      try read("NA,\"NA\"\n", format, schema(("a", .double), ("b", .double))) == [[nil, nil]])
  }

  @Test func lineEndingsMayBeOfEitherKindAndTheLastMayLack() throws {
    #expect(try read("1,2\r\n3,4\n5,6", .csv, two) == [["1", "2"], ["3", "4"], ["5", "6"]])
    #expect(try read("1,\"2\"\r\n3,4\r", .csv, two) == [["1", "2"], ["3", "4\r"]])
  }

  @Test func blankLinesAreNoRecords() throws {
    #expect(try read("\n1,2\n\r\n\n3,4\n\n", .csv, two) == [["1", "2"], ["3", "4"]])
    #expect(try read("1\n\n2\n", .csv, schema(("a", .bigint))) == [["1"], [nil], ["2"]])
  }

  @Test func delimitersMayBeOthers() throws {
    #expect(try read("a,b;\"c;d\"\n", csv(delimiter: ";"), two) == [["a,b", "c;d"]])
    #expect(try read("a b\tc\n", .tsv, two) == [["a b", "c"]])
    #expect(
      try read(
        "\"a\tb\n",
        InputFormat(
          .delimited(
            CSVOptions(
              delimiter: 9, quote: nil))), two) == [["\"a", "b"]])
  }

  @Test func everyTypeIsRead() throws {
    let types = schema(
      ("a", .boolean), ("b", .integer), ("c", .bigint), ("d", .double), ("e", .numeric),
      ("f", .date), ("g", .timestamp), ("h", .timestamptz), ("i", .text))
    let line = "true,-7,9007199254740993,2.5,1.50,2024-02-29,2024-01-01 10:00:00,"
    let rows = try read(line + "2024-01-01T10:00:00+02:00,é\n,,,,,,,,\n", .csv, types)
    #expect(
      rows[0] == [
        "true", "-7", "9007199254740993", "2.5", "1.50", "2024-02-29", "2024-01-01 10:00:00",
        "2024-01-01 08:00:00+00", "é",
      ])
    #expect(rows[1] == Array(repeating: nil, count: 9))
  }

  @Test(arguments: [1, 7, 100, 2048])
  func batchesOfAnySizeGiveTheSameRows(limit: Int) throws {
    let data = RandomCSV(seed: 5, records: 3000, columns: 4)
    var skipped = 0
    let four = schema(("a", .text), ("b", .text), ("c", .text), ("d", .text))
    #expect(try read(data.text, .csv, four, limit: limit, skipped: &skipped) == data.rows)
  }

  @Test func onlyNeededColumnsAndChosenRowsAreDecoded() throws {
    let types = schema(("a", .bigint), ("b", .bigint), ("c", .text))
    let scan = makeScan(format: .csv, schema: types, needed: [2, 0])
    let bytes = Array("1,oops,x\n2,oops,\"y\"\"\"\n3,oops,z\n".utf8)
    try bytes.withUnsafeBytes { raw in
      scan.begin(.bytes(raw), owner: nil)
      #expect(try scan.nextRows(limit: 100) == 3)
      let numbers = ColumnVector(type: .bigint, capacity: 1)
      let words = ColumnVector(type: .text, capacity: 1)
      let chosen: [Int32] = [2, 1]
      try chosen.withUnsafeBufferPointer { rows in
        try scan.decode(slot: 1, rows: rows, into: numbers)
        try scan.decode(slot: 0, rows: rows, into: words)
      }
      #expect((0..<numbers.count).map { text(of: numbers, $0) } == ["3", "2"])
      #expect((0..<words.count).map { text(of: words, $0) } == ["z", "y\""])
      #expect(scan.recordOffset(row: 1) == 9)
      #expect(try scan.nextRows(limit: 100) == 0)
    }
  }

  @Test func decodedTextKeepsItsOwner() throws {
    final class Owner {}
    weak var kept: Owner?
    let vector = ColumnVector(type: .text, capacity: 1)
    try Array("x,y\n".utf8).withUnsafeBytes { raw in
      let owner = Owner()
      kept = owner
      let scan = makeScan(format: .csv, schema: two, needed: [0])
      scan.begin(.bytes(raw), owner: owner)
      _ = try scan.nextRows(limit: 1)
      try scan.decode(slot: 0, into: vector)
    }
    #expect(kept != nil)
    vector.removeAll()
    #expect(kept == nil)
  }

  @Test func aWideRecordIsReadToItsLastField() throws {
    let wide = InputSchema(
      columns: (0..<5000).map { InputColumn(name: "c\($0)", type: .bigint) })
    let line = (0..<5000).map(String.init).joined(separator: ",") + "\n"
    let rows = try read(String(repeating: line, count: 70), .csv, wide, needed: [0, 4999])
    #expect(rows == Array(repeating: ["0", "4999"], count: 70))
  }
}
