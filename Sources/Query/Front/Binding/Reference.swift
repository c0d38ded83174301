/// One mention of an input of a row or a group.
struct Reference: Sendable {
  /// What is meant.
  enum Target: Sendable, Hashable {
    /// A column of the scope.
    case column(Int)
    /// The value of the set-returning function.
    case expansion
    /// An aggregate in ``ExpressionBinder/aggregates``.
    case aggregate(Int)
    /// A window function in ``ExpressionBinder/windows``.
    case window(Int)
    /// A column of a sub-query's table, which no plan reads.
    case inner

    /// Whether it is made of all rows of a group or of a window.
    var isOfManyRows: Bool {
      switch self {
      case .aggregate, .marker, .window: true
      case .column, .expansion, .inner: false
      }
    }
    /// A `GROUPING(…)` call in ``ExpressionBinder/markers``.
    case marker(Int)
  }

  var target: Target
  /// Its name in errors.
  var name: String
  /// Byte offset in the SQL text.
  var position: Int
}
