import Columnar
import Operators

/// Sends the result's rows to the sink as they are, for outputs that only the sink can render.
final class CollectingConsumer: RowConsumer {
  private let projection: Projection
  private let limit: Int?
  private var count = 0

  /// - Parameter limit: the rows of a partition that are needed at most.
  init(_ projection: Projection, limit: Int?) {
    self.projection = projection
    self.limit = limit
  }

  func begin(_ result: inout ResultBuffer) {
    count = 0
    PartialRows.begin(&result)
  }

  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool {
    let wanted = limit.map { min($0 - count, batch.count) } ?? batch.count
    // Rows beyond the limit are not computed, and so cannot fail.
    let rows = try projection.evaluate(batch.first(wanted))
    BatchCodec.encode(rows, into: &result)
    count += wanted
    return limit.map { count < $0 } ?? true
  }

  func finish(_ result: inout ResultBuffer) -> Int { count }
}
