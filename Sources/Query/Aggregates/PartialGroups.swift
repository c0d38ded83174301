import Columnar

/// Groups with the partial states of their aggregates as columns: what a worker answers.
struct PartialGroups {
  /// Groups.
  var count: Int
  /// The keys, one row for each group.
  var keys: [ColumnVector]
  /// The columns of each aggregate's partial state.
  var states: [[ColumnVector]]
}
