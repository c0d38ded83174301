/// A join on its way into a plan.
struct JoinDraft {
  /// Columns of both sides that must be equal.
  struct Pair {
    var left: Reference
    var right: Reference
  }

  var kind: JoinPlan.Kind
  var rows: Relation
  /// The table's place in the scope.
  var table: Int
  /// ON, for an outer join.
  var condition: FromClause.Condition?
  /// USING.
  var using: [Pair] = []
  /// The conditions of an outer join, and what USING demands, over the references.
  var conditions: [Expression] = []
}
