import Columnar
import Formats
import Operators

/// What finds records and fields in text, and what makes values of them.
enum ScanKernels {
  static func all() throws -> [Kernel] {
    [
      structure("csv: finding fields", .temperatures),
      structure("csv with quotes: finding fields", .quoted),
      structure("jsonl: finding 2 values of 2", .temperatureObjects),
      structure("jsonl: finding 2 values of 9", .groupObjects, needed: [0, 8]),
      structure("jsonl: finding 9 values of 9", .groupObjects),
      structure("jsonl of changing shapes: finding 2 values", .changingObjects),
      values("text as views", .text) { Samples(stream: 20).station($0) },
      values("parsing integer", .integer) { "\(Samples(stream: 21).number($0, below: 1_000_000))" },
      values("parsing bigint, 12 digits", .bigint) {
        "\(100_000_000_000 + Samples(stream: 22).number($0, below: 1 << 39))"
      },
      values("parsing double, like -12.3", .double) { Samples(stream: 23).temperature($0) },
      values("parsing double, 16 digits", .double) {
        "0.\(1 + Samples(stream: 24).number($0, below: 1 << 53))"
      },
      values("parsing numeric, like 1234.56", .numeric) {
        "\(Samples(stream: 25).number($0, below: 10000)).\(10 + $0 % 90)"
      },
      values("parsing date", .date) { date($0) },
      values("parsing timestamp", .timestamp) {
        "\(date($0)) \(10 + $0 % 14):\(10 + $0 % 50):07.5"
      },
    ]
  }

  private static func date(_ row: Int) -> String {
    let days = Samples(stream: 26)
    return "20\(10 + days.number(row, below: 20))-1\(days.number(row + 1, below: 3))-"
      + "\(10 + days.number(row + 2, below: 19))"
  }

  /// Finds where the needed columns lie, and makes no values.
  private static func structure(
    _ name: String, _ text: SampleText, needed: [Int]? = nil
  ) -> Kernel {
    let needed = needed ?? Array(text.schema.columns.indices)
    let scan = makeScan(format: text.format, schema: text.schema, needed: needed)
    return Kernel(name, rows: text.rows, bytes: text.bytes.count) {
      try text.bytes.withUnsafeBytes { bytes in
        scan.begin(.bytes(bytes), owner: nil)
        var rows = 0
        while true {
          let found = try scan.nextRows(limit: 2048)
          if found == 0 { break }
          rows += found
        }
        precondition(rows == text.rows, "every record is found")
      }
    }
  }

  /// Makes the values of one batch again and again: what was found once stays found.
  private static func values(
    _ name: String, _ type: ColumnType, field: (Int) -> String
  ) -> Kernel {
    let text = SampleText(.csv, [("value", type)], rows: 2048, line: field)
    let repetitions = Samples.rows / text.rows
    let scan = makeScan(format: text.format, schema: text.schema, needed: [0])
    let vector = ColumnVector(type: type, capacity: text.rows)
    let count = text.bytes.count - text.rows
    return Kernel(name, rows: text.rows * repetitions, bytes: count * repetitions) {
      try text.bytes.withUnsafeBytes { bytes in
        scan.begin(.bytes(bytes), owner: nil)
        let found = try scan.nextRows(limit: text.rows)
        precondition(found == text.rows, "one batch holds all records")
        for _ in 0..<repetitions { try scan.decode(slot: 0, into: vector) }
        vector.removeAll()
      }
    }
  }
}
