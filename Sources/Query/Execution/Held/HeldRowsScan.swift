import Columnar
import Formats
import Operators

/// Gives rows that are held already as a scan gives those of a partition.
final class HeldRowsScan: BatchScan {
  let types: [ColumnType]
  var skipped: Int { 0 }
  private let batch: Batch
  private let columns: [Int]
  private var next = 0
  private var current = 0..<0

  /// The rows of `batch`; slot `n` is its column `columns[n]`.
  init(_ batch: Batch, columns: [Int]) {
    self.batch = batch
    self.columns = columns
    types = columns.map { batch.columns[$0].type }
  }

  /// Starts again; the content is not looked at.
  func begin(_ content: PartitionInput.Content, owner: AnyObject?) {
    next = 0
    current = 0..<0
  }

  func nextRows(limit: Int) throws(ScanError) -> Int {
    current = next..<min(next + limit, batch.count)
    next = current.upperBound
    return current.count
  }

  func decode(slot: Int, into vector: ColumnVector) throws(ScanError) {
    vector.removeAll()
    vector.append(contentsOf: batch.columns[columns[slot]], rows: current)
  }

  func decode(
    slot: Int, rows: UnsafeBufferPointer<Int32>, into vector: ColumnVector
  ) throws(ScanError) {
    let first = Int32(current.lowerBound)
    let shifted = rows.map { $0 + first }
    shifted.withUnsafeBufferPointer {
      vector.gather(from: batch.columns[columns[slot]], rows: $0)
    }
  }

  func recordOffset(row: Int) -> Int { current.lowerBound + row }
}
