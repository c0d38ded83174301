import Columnar
import Formats

/// A text of made-up records, and how to read it.
struct SampleText {
  /// The records, each with its newline.
  let bytes: [UInt8]
  /// Records.
  let rows: Int
  let format: InputFormat
  let schema: InputSchema

  /// - Parameter line: the text of a record, by its number.
  init(
    _ format: InputFormat, _ columns: [(String, ColumnType)], rows: Int = Samples.rows,
    line: (Int) -> String
  ) {
    self.format = format
    self.rows = rows
    schema = InputSchema(columns: columns.map { InputColumn(name: $0.0, type: $0.1) })
    var bytes: [UInt8] = []
    for row in 0..<rows {
      bytes += line(row).utf8
      bytes.append(UInt8(ascii: "\n"))
    }
    self.bytes = bytes
  }

  /// `station;temperature`, without any quote.
  static let temperatures = SampleText(
    InputFormat(.delimited(CSVOptions(delimiter: UInt8(ascii: ";")))), temperatureColumns
  ) { row in
    Samples(stream: 1).station(row) + ";" + Samples(stream: 2).temperature(row)
  }

  /// The same with the names in quotes, some of which hold the delimiter or quotes.
  static let quoted = SampleText(
    InputFormat(.delimited(CSVOptions(delimiter: UInt8(ascii: ";")))), temperatureColumns
  ) { row in
    let name = Samples(stream: 1).station(row)
    let mark = ["", "; ", "\"\""][Samples(stream: 3).number(row, below: 3)]
    return "\"\(name)\(mark)\";" + Samples(stream: 2).temperature(row)
  }

  /// The same as JSON Lines.
  static let temperatureObjects = SampleText(.jsonLines, temperatureColumns) { row in
    "{\"station\":\"\(Samples(stream: 1).station(row))\","
      + "\"temperature\":\(Samples(stream: 2).temperature(row))}"
  }

  /// JSON Lines with nine keys, like the table G1 of the h2o.ai db-benchmark.
  static let groupObjects = SampleText(
    .jsonLines,
    [
      ("id1", .text), ("id2", .text), ("id3", .text), ("id4", .bigint), ("id5", .bigint),
      ("id6", .bigint), ("v1", .bigint), ("v2", .bigint), ("v3", .double),
    ], rows: Samples.rows / 4
  ) { row in
    let numbers = [100, 100, 100_000, 100, 100, 100_000, 5, 15].enumerated().map { index, bound in
      String(1 + Samples(stream: 10 + UInt64(index)).number(row, below: bound))
    }
    let long = String(repeating: "0", count: 10 - numbers[2].count) + numbers[2]
    let fraction = Samples(stream: 18).number(row, below: 1_000_000)
    return "{\"id1\": \"id\(numbers[0])\", \"id2\": \"id\(numbers[1])\", \"id3\": \"id\(long)\", "
      + "\"id4\": \(numbers[3]), \"id5\": \(numbers[4]), \"id6\": \(numbers[5]), "
      + "\"v1\": \(numbers[6]), \"v2\": \(numbers[7]), "
      + "\"v3\": \(Samples(stream: 19).number(row, below: 100)).\(1_000_000 + fraction)}"
  }

  /// JSON Lines whose keys are not always there, with nested values, escapes and null.
  static let changingObjects = SampleText(
    .jsonLines, [("name", .text), ("n", .double)], rows: Samples.rows / 4
  ) { row in
    let choice = Samples(stream: 27)
    let parts = [
      "\"id\":\(row)", "\"name\":\"\(choice.station(row)) \\\"\(row % 10)\\\"\"",
      "\"tags\":[\"a\",\"b\(row % 7)\",{\"deep\":[1,2.5,true]}]", "\"n\":null",
      "\"n\":\(choice.temperature(row))e1",
    ]
    let kept = parts.enumerated().filter { choice.number(row * 8 + $0.offset, below: 3) > 0 }
    return "{" + kept.map(\.element).joined(separator: ",") + "}"
  }

  private static let temperatureColumns: [(String, ColumnType)] = [
    ("station", .text), ("temperature", .double),
  ]
}
