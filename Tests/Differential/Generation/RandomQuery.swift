/// A query as a tree of its clauses and the queries in them, so that it can be taken apart.
struct RandomQuery {
  /// A column of the select list.
  struct Item {
    var node: Node
    var alias: String?
  }

  /// A key of ORDER BY.
  struct Key {
    /// An expression, a name, or a position in the select list.
    var node: Node
    /// ` DESC`, ` NULLS FIRST` and the like.
    var direction: String
  }

  /// A query of WITH.
  struct Common {
    var name: String
    var query: RandomQuery
  }

  /// A further part of a UNION.
  struct Arm {
    /// Whether equal rows stay: UNION ALL.
    var isAll: Bool
    var query: RandomQuery
  }

  var common: [Common] = []
  var isDistinct = false
  /// How many of the first keys of ORDER BY stand in DISTINCT ON.
  var distinctOn = 0
  var items: [Item] = []
  /// What FROM begins with.
  var source = RandomSource.named("input", alias: nil)
  var joins: [RandomJoin] = []
  /// What FROM ends with: nothing, or a comma and a set-returning function.
  var expansion: Node?
  var filter: Node?
  var groups: [Node] = []
  var having: Node?
  var arms: [Arm] = []
  /// ORDER BY of the whole.
  var order: [Key] = []
  var limit: String?
  var offset: String?
  /// Whether it stands in another query, which must not see which of several equal rows a LIMIT takes.
  var isNested = false

  /// Whether the order of the rows is given, up to rows that are equal.
  var isOrdered: Bool { !order.isEmpty }
}
