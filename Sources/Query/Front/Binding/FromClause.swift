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
    var condition: SyntaxNode?
    /// USING, or the columns in common of a NATURAL join (`nil`: to be found).
    var using: [String] = []
    var isNatural = false
    var position: Int
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
  var conditions: [SyntaxNode] = []
  /// A set-returning function.
  var function: SyntaxNode?
}
