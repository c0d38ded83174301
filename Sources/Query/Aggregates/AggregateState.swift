import Columnar

/// The state of one aggregate for all groups, in flat arrays indexed by group.
///
/// A partial state travels as columns (``columns()``) and is taken in
/// with ``merge(_:into:)``; merging into fresh groups restores it. One thread at a time.
class AggregateState {
  /// The types of the columns of a partial state.
  let partialTypes: [ColumnType]

  /// Whether a partial state has one row for each group; otherwise its rows name their group.
  var isByGroup: Bool { true }

  init(partialTypes: [ColumnType]) { self.partialTypes = partialTypes }

  /// Makes empty states for groups up to `groups`.
  func grow(to groups: Int) { preconditionFailure("\(type(of: self)) has no grow(to:)") }

  /// Takes rows in, in row order; their groups exist.
  ///
  /// - Throws: ``EvaluationError`` naming the row whose value does not fit.
  func update(_ input: AggregateInput) throws(EvaluationError) {
    preconditionFailure("\(type(of: self)) has no update(_:)")
  }

  /// The partial state: vectors of ``partialTypes``; valid until the next change.
  func columns() -> [ColumnVector] { preconditionFailure("\(type(of: self)) has no columns()") }

  /// Takes in a partial state of the rows that follow this one's: its group `n` is `groups[n]` here.
  ///
  /// - Throws: ``EvaluationError`` when a merged value does not fit.
  func merge(_ columns: [ColumnVector], into groups: [UInt32]) throws(EvaluationError) {
    preconditionFailure("\(type(of: self)) has no merge(_:into:)")
  }

  /// The values of the aggregate, one for each group.
  ///
  /// - Throws: ``EvaluationError`` whose row is the group whose value does not fit.
  func finish() throws(EvaluationError) -> ColumnVector {
    preconditionFailure("\(type(of: self)) has no finish()")
  }
}
