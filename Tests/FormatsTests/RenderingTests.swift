import Columnar
import Operators
import Testing

@testable import Formats

@Suite struct RenderingTests {
  /// Three rows: one of every type, one of NULLs, one that needs care.
  private func batch() throws -> Batch {
    let types: [ColumnType] = [.text, .bigint, .double, .numeric, .boolean, .date, .timestamp]
    let vectors = types.map { ColumnVector(type: $0, capacity: 3) }
    let awkward = "a,\"b\"\n\u{1B}\\é"
    for (index, vector) in vectors.enumerated() {
      switch index {
      case 0: vector.append(text: "UA")
      case 1: vector.append(Int64(-7))
      case 2: vector.append(2.5)
      case 3: vector.append(Numeric(coefficient: 150, scale: 2))
      case 4: vector.append(UInt8(1))
      case 5: vector.append(Int32(19_723))
      default: vector.append(Int64(1_704_103_200_000_000))
      }
      vector.appendNull()
      switch index {
      case 0: vector.append(text: awkward)
      case 2: vector.append(Double.nan)
      default: vector.append(contentsOf: vector.slice(0..<1))
      }
    }
    return Batch(columns: vectors, count: 3)
  }

  private let names = ["s", "n", "x", "m", "b", "d", "t"]

  private func render(_ format: OutputFormat, _ batch: Batch, _ names: [String]) -> String {
    let renderer = RowRenderer(format: format, names: names)
    var result = ResultBuffer()
    renderer.render(batch, into: &result)
    return String(decoding: renderer.header() + Array(result.bytes), as: UTF8.self)
  }

  @Test func csvQuotesWhatNeedsIt() throws {
    #expect(
      render(.csv, try batch(), names) == """
        s,n,x,m,b,d,t
        UA,-7,2.5,1.50,true,2024-01-01,2024-01-01 10:00:00
        ,,,,,,
        "a,""b""
        \u{1B}\\é",-7,NaN,1.50,true,2024-01-01,2024-01-01 10:00:00

        """)
  }

  @Test func whatReadsLikeNullIsQuoted() throws {
    let words = ColumnVector(type: .text, capacity: 3)
    words.append(text: "")
    words.append(text: "7")
    words.appendNull()
    let numbers = ColumnVector(type: .bigint, capacity: 3)
    for value: Int64 in [7, 8, 7] { numbers.append(value) }
    let batch = Batch(columns: [words, numbers], count: 3)
    #expect(render(.csv, batch, ["a", "b"]) == "a,b\n\"\",7\n7,8\n,7\n")
    let seven = OutputFormat.delimited(DelimitedOutput(header: false, null: "7"))
    #expect(render(seven, batch, ["a", "b"]) == ",\"7\"\n\"7\",8\n7,\"7\"\n")
  }

  @Test func whatIsWrittenAsCSVIsReadBack() throws {
    let data = RandomCSV(seed: 77, records: 200, columns: 3)
    let vectors = (0..<3).map { _ in ColumnVector(type: .text, capacity: 1) }
    for row in data.rows {
      for (vector, value) in zip(vectors, row) {
        if let value { vector.append(text: value) } else { vector.appendNull() }
      }
    }
    let batch = Batch(columns: vectors, count: data.rows.count)
    for format in [InputFormat.csv, .tsv] {
      guard case .delimited(let options) = format.kind else { continue }
      let output = OutputFormat.delimited(
        DelimitedOutput(delimiter: options.delimiter, header: false))
      let text = render(output, batch, ["a", "b", "c"])
      #expect(
        try read(text, format, schema(("a", .text), ("b", .text), ("c", .text))) == data.rows)
    }
  }

  @Test func jsonLinesHaveBareNumbersAndEscapedText() throws {
    #expect(
      render(.jsonLines, try batch(), ["s\"", "n", "x", "m", "b", "d", "t"])
        == #"{"s\"":"UA","n":-7,"x":2.5,"m":1.50,"b":true,"d":"2024-01-01","#
        + #""t":"2024-01-01 10:00:00"}"# + "\n"
        + #"{"s\"":null,"n":null,"x":null,"m":null,"b":null,"d":null,"t":null}"# + "\n"
        + #"{"s\"":"a,\"b\"\n\u001b\\é","n":-7,"x":"NaN","m":1.50,"b":true,"d":"2024-01-01","#
        + #""t":"2024-01-01 10:00:00"}"# + "\n")
  }

  @Test func textHasTheFirstColumnAlone() throws {
    #expect(render(.text, try batch(), names) == "UA\n\na,\"b\"\n\u{1B}\\é\n")
  }

  @Test func aTableIsAlignedAndHarmless() throws {
    let batch = try batch()
    let narrow = Batch(columns: Array(batch.columns[0...2]), count: 3)
    var table = TableRenderer(names: ["carrier", "n", "mean"], types: [.text, .bigint, .double])
    table.append(narrow)
    #expect(
      table.render() == #"""
         carrier       |  n | mean
        ---------------+----+------
         UA            | -7 |  2.5
                       |    |
         a,"b"\n\x1B\é | -7 |  NaN

        """#)
  }

  @Test func aLongTableIsCutAndCounted() throws {
    let numbers = ColumnVector(type: .bigint, capacity: 5)
    for value: Int64 in 0..<5 { numbers.append(value) }
    var table = TableRenderer(names: ["n"], types: [.bigint], limit: 3)
    table.append(Batch(columns: [numbers], count: 5))
    table.append(Batch(columns: [numbers], count: 5))
    #expect(table.render() == " n\n---\n 0\n 1\n 2\n… 7 more rows\n")
  }
}
