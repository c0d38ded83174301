import Columnar
import Operators

/// Rows at the sink, in the order that was asked for.
final class SortedRows: MergeState {
  /// The rows, in order.
  private(set) var batch: Batch
  private let order: RowOrder
  private let limit: Int?
  private let distinctOn: [Int]?

  /// - Parameters:
  ///   - batch: rows that are in order.
  ///   - limit: the rows that are needed at most.
  ///   - distinctOn: columns of which only the first of equal rows is kept, if any.
  init(_ batch: Batch, order: RowOrder, limit: Int?, distinctOn: [Int]?) {
    self.batch = batch
    self.order = order
    self.limit = limit
    self.distinctOn = distinctOn
  }

  func merge(_ right: any MergeState) throws {
    guard let right = right as? SortedRows else { throw OperatorError.otherState }
    if right.batch.count == 0 { return }
    guard batch.count + right.batch.count <= Int(Int32.max) else {
      throw OperatorError(
        .data, "the result has more than 2^31 rows to sort; leave out ORDER BY or add LIMIT")
    }
    var rows = order.mergedRows(
      batch, right.batch, limit: distinctOn == nil ? limit : nil)
    let merged = zip(batch.columns, right.batch.columns).map { left, right in
      let both = ColumnVector(type: left.type, capacity: left.count + right.count)
      both.append(contentsOf: left)
      both.append(contentsOf: right)
      return both
    }
    let both = Batch(columns: merged, count: batch.count + right.batch.count)
    if let distinctOn {
      rows = both.firstRows(rows, by: distinctOn)
      if let limit { rows = Array(rows.prefix(limit)) }
    }
    batch = both.picking(rows)
  }
}
