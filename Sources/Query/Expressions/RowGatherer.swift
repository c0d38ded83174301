import Columnar

/// Picks rows of batches into vectors of its own, for the columns that somebody reads.
final class RowGatherer {
  private let slots: [Int]
  private var gathered = Batch(columns: [], count: 0)

  /// Picks the columns at `slots`; the others of its batches are empty.
  init(slots: [Int]) { self.slots = slots }

  /// The rows listed, in that order; valid until the next call.
  func gather(_ batch: Batch, _ rows: [Int32]) -> Batch {
    if gathered.columns.count != batch.columns.count {
      gathered.columns = batch.columns.map { ColumnVector(type: $0.type, capacity: 0) }
    }
    for slot in slots {
      rows.withUnsafeBufferPointer {
        gathered.columns[slot].gather(from: batch.columns[slot], rows: $0)
      }
    }
    gathered.count = rows.count
    return gathered
  }
}
