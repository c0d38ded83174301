import Formats
import Operators
import Query

/// What happens to whole partitions: they are cut, and carried through a query in a worker.
enum PartitionKernels {
  static func all() throws -> [Kernel] {
    let temperatures =
      "SELECT station, count(*), min(temperature), avg(temperature), "
      + "max(temperature) FROM input GROUP BY station"
    let groups = "SELECT id1, count(*), min(v3), avg(v3), max(v3) FROM input GROUP BY id1"
    return try [
      cutting("cutting into 64 KiB: lines", .temperatureObjects),
      cutting("cutting into 64 KiB: csv without quotes", .temperatures),
      cutting("cutting into 64 KiB: csv with quotes", .quoted),
      query("csv to 413 groups, the whole of it", temperatures, .temperatures),
      query("csv with quotes to groups, the whole of it", temperatures, .quoted),
      query("jsonl to 413 groups, the whole of it", temperatures, .temperatureObjects),
      query("jsonl of 9 keys to groups, the whole of it", groups, .groupObjects),
    ]
  }

  private static func cutting(_ name: String, _ text: SampleText) throws -> Kernel {
    let file = try TemporaryFile(text.bytes)
    let input = PlannedInput(
      files: [try file.source()], schema: text.schema, firstRecords: [0])
    return Kernel(name, rows: text.rows, bytes: text.bytes.count) {
      let source = FileSource(input, format: text.format, partition: 64 << 10)
      var end: Int64 = 0
      while let slice = try source.next() {
        if case .file(_, let offset, let length) = slice { end = offset + Int64(length) }
      }
      precondition(end == file.size, "the last partition ends with the file")
    }
  }

  private static func query(_ name: String, _ sql: String, _ text: SampleText) throws -> Kernel {
    let worker = try SQLOperator(
      SQLConfiguration(sql: sql, input: text.format, schema: text.schema, output: .csv)
    ).makeWorkerPart()
    return Kernel(name, rows: text.rows, bytes: text.bytes.count) {
      try text.bytes.withUnsafeBytes { bytes in
        var result = ResultBuffer()
        let counts = try worker.process(
          PartitionInput(content: .bytes(bytes), file: 0, offset: 0), into: &result)
        precondition(counts.rows == text.rows, "every record is read")
      }
    }
  }
}
