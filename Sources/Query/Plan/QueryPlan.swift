package import Formats

/// One query, bound and typed: what workers and the sink carry out.
package struct QueryPlan: Sendable, Equatable {
  /// The rows of the result.
  package var root: Relation

  /// A query whose result are the rows of `root`.
  package init(root: Relation) { self.root = root }

  /// The result's columns.
  package var columns: [InputColumn] { root.columns }

  /// The SELECTs over the input, in the order in which a worker carries them out; at least one.
  package var scans: [SelectPlan] { root.scans }

  /// Whether each partition's rows are part of the result as they are, in partition order.
  package var isRowWise: Bool {
    guard case .scan(let plan) = root else { return false }
    return plan.isRowWise && plan.limit == nil && plan.offset == 0
  }
}
