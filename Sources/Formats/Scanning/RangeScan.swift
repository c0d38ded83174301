package import Columnar
package import Operators

/// The scan of a range: one bigint column with the numbers themselves.
package final class RangeScan: BatchScan {
  private static let largestBatch = 2048

  package let types: [ColumnType]
  package let skipped = 0

  private var first: Int64 = 0
  private var count = 0
  private var batchStart = 0
  private var rows = 0

  init(slots: Int) { types = Array(repeating: .bigint, count: slots) }

  package func begin(_ content: PartitionInput.Content, owner: AnyObject?) {
    guard case .range(let from, let count, _) = content else {
      preconditionFailure("a scan of a range was handed bytes")
    }
    first = from
    self.count = count
    batchStart = 0
    rows = 0
  }

  package func nextRows(limit: Int) throws(ScanError) -> Int {
    batchStart += rows
    rows = min(max(limit, 1), Self.largestBatch, count - batchStart)
    return rows
  }

  package func decode(slot: Int, into vector: ColumnVector) throws(ScanError) {
    let values = prepare(vector, rows)
    let start = first &+ Int64(batchStart)
    for row in 0..<rows { values[row] = start &+ Int64(row) }
  }

  package func decode(
    slot: Int, rows: UnsafeBufferPointer<Int32>, into vector: ColumnVector
  ) throws(ScanError) {
    let values = prepare(vector, rows.count)
    let start = first &+ Int64(batchStart)
    for index in 0..<rows.count { values[index] = start &+ Int64(rows[index]) }
  }

  package func recordOffset(row: Int) -> Int { batchStart + row }

  private func prepare(_ vector: ColumnVector, _ count: Int) -> UnsafeMutablePointer<Int64> {
    precondition(vector.type == .bigint, "a vector of another type than its column")
    vector.removeAll()
    vector.reserve(count)
    vector.count = count
    return vector.values(as: Int64.self)
  }
}
