import Columnar
import Operators

/// Distinct rows at the sink, in order of first appearance.
final class DistinctRows: MergeState {
  /// The rows of one partition, before the first merge.
  private var single: Batch?
  private let table: GroupTable
  private var numbers: [UInt32] = []

  /// The rows of `batch`, which are distinct.
  init(_ batch: Batch) {
    single = batch
    table = GroupTable(types: batch.columns.map(\.type))
  }

  /// The rows, in order.
  var batch: Batch { single ?? Batch(columns: table.keys, count: table.count) }

  func merge(_ right: any MergeState) throws {
    guard let right = right as? DistinctRows else { throw OperatorError.otherState }
    if let own = single {
      table.assign(own.columns, count: own.count, to: &numbers)
      single = nil
    }
    let rows = right.batch
    table.assign(rows.columns, count: rows.count, to: &numbers)
  }
}
