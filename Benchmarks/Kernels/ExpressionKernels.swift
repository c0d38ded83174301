import Columnar
import Query

/// What computes expressions, a batch at a time.
enum ExpressionKernels {
  static func all(_ rows: SampleRows) throws -> [Kernel] {
    try [
      kernel("integers compared", "few < thousands", rows),
      kernel("doubles compared with a constant", "x > 0.5", rows),
      kernel("text compared with a constant", "station = 'Berlin'", rows),
      kernel("dates compared", "day BETWEEN date '1980-01-01' AND date '1990-01-01'", rows),
      kernel("integers added", "few + thousands", rows),
      kernel("doubles multiplied and added", "x * y + 1.0::double precision", rows),
      kernel("numeric added", "amount + 1.25", rows),
      kernel("LIKE 'B%n'", "station LIKE 'B%n'", rows),
      kernel("LIKE '%lo%'", "station LIKE '%lo%'", rows),
      kernel("regular expression ^[A-M].*n$", "station ~ '^[A-M].*n$'", rows),
    ]
  }

  private static func kernel(_ name: String, _ expression: String, _ rows: SampleRows) throws
    -> Kernel
  {
    let query = try SampleQuery("SELECT \(expression) FROM input", rows)
    let node = try query.compiler.compile(query.plan.output[0].expression)
    return Kernel(name, rows: Samples.rows) {
      for batch in query.batches { _ = try node.evaluate(batch) }
    }
  }
}
