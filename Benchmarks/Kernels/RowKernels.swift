import Columnar
import Operators
import Query

/// What workers do with rows: group, sort, find distinct ones, write them.
enum RowKernels {
  static func all(_ rows: SampleRows) throws -> [Kernel] {
    try [
      kernel("groups by one integer, 100", "few, count(*) FROM input GROUP BY few", rows),
      kernel("groups by one integer, 260,000", "many, count(*) FROM input GROUP BY many", rows),
      kernel("groups by one text, 413", "station, count(*) FROM input GROUP BY station", rows),
      kernel("groups by one text, 260,000", "word, count(*) FROM input GROUP BY word", rows),
      kernel(
        "groups by integer and text, 41,300",
        "few, station, count(*) FROM input GROUP BY few, station", rows),
      kernel(
        "groups by three keys, 520,000",
        "thousands, station, few, count(*) FROM input GROUP BY thousands, station, few", rows),
      kernel("sum of doubles", "sum(x) FROM input", rows),
      kernel("sum of doubles by group", "few, sum(x) FROM input GROUP BY few", rows),
      kernel("exact sum of integers", "sum(thousands) FROM input", rows),
      kernel("exact sum of numeric", "sum(amount) FROM input", rows),
      kernel("min, avg, max by group", "few, min(y), avg(y), max(y) FROM input GROUP BY few", rows),
      kernel("first 10 by a double", "x FROM input ORDER BY x LIMIT 10", rows),
      kernel("sorting by a double", "x FROM input ORDER BY x", rows),
      kernel(
        "sorting by text and integer", "station, thousands FROM input ORDER BY station, thousands",
        rows),
      kernel("distinct texts, 413", "DISTINCT station FROM input", rows),
      kernel("distinct texts, 260,000", "DISTINCT word FROM input", rows),
      rendering(
        "writing csv: text, integer, double, date", "station, thousands, y, day FROM input", rows),
    ]
  }

  private static func kernel(_ name: String, _ select: String, _ rows: SampleRows) throws -> Kernel
  {
    let query = try SampleQuery("SELECT " + select, rows)
    let consumer = try query.consumer()
    return Kernel(name, rows: Samples.rows) {
      var result = ResultBuffer()
      try SampleQuery.take(query.batches, consumer, into: &result)
    }
  }

  /// As ``kernel(_:_:_:)``, with the bytes that are written.
  private static func rendering(_ name: String, _ select: String, _ rows: SampleRows) throws
    -> Kernel
  {
    let query = try SampleQuery("SELECT " + select, rows)
    var result = ResultBuffer()
    try SampleQuery.take(query.batches, try query.consumer(), into: &result)
    let rendered = try kernel(name, select, rows)
    return Kernel(name, rows: rendered.rows, bytes: result.count, run: rendered.run)
  }
}
