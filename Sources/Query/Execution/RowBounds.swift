import Columnar

/// OFFSET and LIMIT at work on rows that come in order.
struct RowBounds {
  private var toSkip: Int
  private var left: Int

  /// The bounds of a plan.
  init(_ plan: SelectPlan) {
    toSkip = Int(clamping: plan.offset)
    left = plan.limit.map { Int(clamping: $0) } ?? .max
  }

  /// Whether no more rows pass.
  var isFull: Bool { left == 0 }

  /// The rows of the next batch that pass.
  mutating func take(_ batch: Batch) -> Batch {
    let skipped = min(toSkip, batch.count)
    toSkip -= skipped
    let taken = min(batch.count - skipped, left)
    left -= taken
    return batch.slice(skipped..<skipped + taken)
  }
}
