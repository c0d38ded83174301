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
  }

  var target: Target
  /// Its name in errors.
  var name: String
  /// Byte offset in the SQL text.
  var position: Int
}
