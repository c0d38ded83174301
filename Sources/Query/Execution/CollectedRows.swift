import Columnar
import Operators

/// Rows at the sink, in partition order.
final class CollectedRows: MergeState {
  /// The rows, in order.
  private(set) var batches: [Batch]
  private let limit: Int?

  /// - Parameter limit: the rows that are needed at most.
  init(_ batches: [Batch], limit: Int?) {
    self.batches = batches
    self.limit = limit
  }

  func merge(_ right: any MergeState) throws {
    let right = try Self.same(right)
    if let limit, batches.reduce(0, { $0 + $1.count }) >= limit { return }
    batches += right.batches
  }

  private static func same(_ state: any MergeState) throws -> CollectedRows {
    guard let state = state as? CollectedRows else { throw OperatorError.otherState }
    return state
  }
}

extension OperatorError {
  /// A state of another operator was handed to a merge.
  static var otherState: OperatorError {
    OperatorError(.operating, "results of different queries cannot be merged")
  }
}
