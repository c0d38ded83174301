import Columnar
import Formats
import Operators

/// Writes the result's rows as they are to be in the output.
final class RenderingConsumer: RowConsumer {
  private let projection: Projection
  private let visible: [Int]
  private let renderer: RowRenderer
  private let limit: Int?
  private var count = 0

  /// - Parameters:
  ///   - visible: the columns of the projection that are shown.
  ///   - limit: the rows of a partition that are needed at most.
  init(_ projection: Projection, visible: [Int], renderer: RowRenderer, limit: Int?) {
    self.projection = projection
    self.visible = visible
    self.renderer = renderer
    self.limit = limit
  }

  func begin(_ result: inout ResultBuffer) { count = 0 }

  func take(_ batch: Batch, _ result: inout ResultBuffer) throws(EvaluationError) -> Bool {
    let wanted = limit.map { min($0 - count, batch.count) } ?? batch.count
    // Rows beyond the limit are not computed, and so cannot fail.
    let rows = try projection.evaluate(batch.first(wanted))
    renderer.render(rows.selecting(visible), into: &result)
    count += wanted
    return limit.map { count < $0 } ?? true
  }

  func finish(_ result: inout ResultBuffer) -> Int { count }
}
