import Columnar
import Formats

/// Made-up rows in batches as a scan gives them.
struct SampleRows {
  /// Rows of a batch.
  static let batchRows = 2048

  /// The columns, whose names say how many different values they have.
  static let schema = InputSchema(
    columns: columns.map { InputColumn(name: $0.name, type: $0.type) })

  /// All rows; every batch has all columns of ``schema``.
  let batches: [Batch] = (0..<Samples.rows / batchRows).map { batch in
    let rows = batch * batchRows..<(batch + 1) * batchRows
    return Batch(columns: columns.map { $0.vector(rows) }, count: batchRows)
  }

  private struct Column {
    let name: String
    let type: ColumnType
    /// Appends the value of a row.
    let append: (ColumnVector, Int) -> Void

    func vector(_ rows: Range<Int>) -> ColumnVector {
      let vector = ColumnVector(type: type, capacity: rows.count)
      for row in rows { append(vector, row) }
      return vector
    }
  }

  private static var columns: [Column] {
    [
      integers("few", stream: 30, below: 100),
      integers("thousands", stream: 31, below: 10_000),
      integers("many", stream: 32, below: Samples.rows / 2),
      texts("station", stream: 33, below: Samples.stations.count) { Samples.stations[$0] },
      texts("word", stream: 34, below: Samples.rows / 2) { "word number \($0)" },
      Column(name: "x", type: .double) { vector, row in
        vector.append(Double(Samples(stream: 35).number(row, below: 1 << 53)) / Double(1 << 53))
      },
      Column(name: "y", type: .double) { vector, row in
        vector.append(Double(Samples(stream: 36).number(row, below: 1000) - 500) / 10)
      },
      Column(name: "amount", type: .numeric) { vector, row in
        vector.append(
          Numeric(coefficient: Int128(Samples(stream: 37).number(row, below: 1_000_000)), scale: 2))
      },
      Column(name: "day", type: .date) { vector, row in
        vector.append(Int32(Samples(stream: 38).number(row, below: 10_000)))
      },
    ]
  }

  private static func integers(_ name: String, stream: UInt64, below bound: Int) -> Column {
    Column(name: name, type: .integer) { vector, row in
      vector.append(Int32(Samples(stream: stream).number(row, below: bound)))
    }
  }

  private static func texts(
    _ name: String, stream: UInt64, below bound: Int, _ text: @escaping (Int) -> String
  ) -> Column {
    Column(name: name, type: .text) { vector, row in
      vector.append(text: text(Samples(stream: stream).number(row, below: bound)))
    }
  }
}
