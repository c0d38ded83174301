import Formats

/// What stands in FROM, taken apart.
struct FromClause {
  /// How the rows of an item meet those before it.
  enum Meeting: Sendable, Equatable { case first, inner, left }

  /// A query, a table or the input.
  struct Item {
    var name: String
    var rows: Source
    var meeting: Meeting
    /// ON, for an outer join; the conditions of inner joins are one pool.
    var condition: Condition?
    /// USING, or the columns in common of a NATURAL join (`nil`: to be found).
    var using: [String] = []
    var isNatural = false
    var position: Int
    /// Its place among the items as they are written.
    var place = 0
  }

  /// ON of a join.
  struct Condition {
    var node: SyntaxNode
    /// The places of the items whose names it knows.
    var visible: Range<Int>
  }

  /// Where rows come from.
  enum Source {
    case input
    case query(BoundQuery)

    /// Whether they come from the input, and so are the driver of a query.
    var isInput: Bool {
      switch self {
      case .input: true
      case .query(let query): !query.relation.scans.isEmpty
      }
    }
  }

  var items: [Item] = []
  /// ON of inner joins.
  var conditions: [Condition] = []
  /// A set-returning function.
  var function: SyntaxNode?
}
