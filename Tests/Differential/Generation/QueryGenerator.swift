import Columnar
import SQLLogic

/// Makes queries over tables.
struct QueryGenerator {
  /// What a query's rows come from.
  enum Origin {
    /// The input, perhaps with tables.
    case input
    /// Tables alone.
    case tables
  }

  /// What a query is to be.
  struct Wish {
    var origin = Origin.input
    /// How many queries may stand in each other in it.
    var nesting: Int
    /// The types of its columns; any where there are none.
    var types: [ColumnType] = []
    /// Whether another query reads it.
    var isNested = true
  }

  /// A query that can be read by its name.
  struct Named {
    var origin: Origin
    var relation: RandomScope.Relation
  }

  /// The tables and the queries of WITH.
  var named: [Named]
  private var given = 0

  init(_ tables: RandomTables) {
    named = tables.tables.keys.sorted().map { name in
      Named(
        origin: name == RandomTables.input ? .input : .tables,
        relation: RandomScope.Relation(
          name: name, columns: tables.tables[name]?.columns ?? [], isTable: true))
    }
  }

  /// A query as a user would send it.
  mutating func query(_ random: inout SeededGenerator) -> RandomQuery {
    query(Wish(nesting: random.pick([0, 0, 1, 1, 2]), isNested: false), &random)
  }

  /// A query in another.
  mutating func query(_ wish: Wish, _ random: inout SeededGenerator) -> RandomQuery {
    let outer = named
    defer { named = outer }
    var common: [RandomQuery.Common] = []
    if wish.nesting > 0, random.oneIn(6) {
      common = (0..<random.number(1...2)).map { _ in self.common(wish, &random) }
    }
    var query = select(wish, &random)
    query.common = common
    return query
  }

  /// A query of WITH, which those after it can read.
  private mutating func common(
    _ wish: Wish, _ random: inout SeededGenerator
  ) -> RandomQuery.Common {
    let origin = wish.origin == .input && !random.oneIn(3) ? Origin.input : .tables
    let query = query(Wish(origin: origin, nesting: wish.nesting - 1), &random)
    let name = name("w")
    named.append(Named(origin: origin, relation: Self.relation(name, of: query)))
    return RandomQuery.Common(name: name, query: query)
  }

  /// A name that was not given before.
  mutating func name(_ prefix: String) -> String {
    given += 1
    return "\(prefix)\(given)"
  }

  /// What a query shows to the one around it.
  static func relation(_ name: String, of query: RandomQuery) -> RandomScope.Relation {
    RandomScope.Relation(
      name: name,
      columns: query.items.map {
        QueryTable.Column(name: $0.alias ?? $0.node.text, type: $0.node.type ?? .text)
      }, isTable: false)
  }
}
