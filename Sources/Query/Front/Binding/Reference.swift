/// One mention of an input of a row or a group.
struct Reference: Sendable {
  /// What is meant.
  enum Target: Sendable, Hashable {
    /// A column of the input's schema.
    case column(Int)
    /// The value of the set-returning function.
    case expansion
    /// An aggregate in ``ExpressionBinder/aggregates``.
    case aggregate(Int)
    /// A `GROUPING(…)` call in ``ExpressionBinder/markers``.
    case marker(Int)
  }

  var target: Target
  /// Its name in errors.
  var name: String
  /// Byte offset in the SQL text.
  var position: Int
}
