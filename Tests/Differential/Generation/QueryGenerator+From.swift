import Columnar
import SQLLogic

/// FROM.
extension QueryGenerator {
  /// Fills FROM, and tells what it offers.
  mutating func addFrom(
    _ wish: Wish, to query: inout RandomQuery, _ random: inout SeededGenerator
  ) -> RandomScope {
    let (source, relation) = source(wish, &random)
    query.source = source
    var scope = RandomScope(relations: [relation])
    guard named.contains(where: { $0.origin == .tables }), random.oneIn(3) else { return scope }
    for _ in 0..<random.pick([1, 1, 2]) { addJoin(wish, to: &query, &scope, &random) }
    reorder(&query, &random)
    return scope
  }

  /// What has the rows of the wish's origin, and its columns.
  private mutating func source(
    _ wish: Wish, _ random: inout SeededGenerator
  ) -> (RandomSource, RandomScope.Relation) {
    if wish.nesting > 0, random.oneIn(3) {
      let query = query(Wish(origin: wish.origin, nesting: wish.nesting - 1), &random)
      let alias = name("q")
      return (.query(query, alias: alias), Self.relation(alias, of: query))
    }
    let chosen = random.pick(named.filter { $0.origin == wish.origin })
    var relation = chosen.relation
    let alias = random.oneIn(8) ? name("r") : nil
    if let alias { relation.name = alias }
    return (.named(chosen.relation.name, alias: alias), relation)
  }

  private mutating func addJoin(
    _ wish: Wish, to query: inout RandomQuery, _ scope: inout RandomScope,
    _ random: inout SeededGenerator
  ) {
    var (source, relation) = source(
      Wish(origin: .tables, nesting: random.oneIn(2) ? 0 : wish.nesting), &random)
    if scope.relations.contains(where: { $0.name == relation.name }),
      case .named(let table, _) = source
    {
      relation.name = name("r")
      source = .named(table, alias: relation.name)
    }
    let kind = random.pick([RandomJoin.Kind.inner, .inner, .left, .left, .cross])
    var join = RandomJoin(kind: kind, source: source)
    if kind != .cross {
      let shared = Self.shared(scope, relation)
      if !shared.isEmpty, random.oneIn(3) {
        join.shared = Array(shared.shuffled(using: &random).prefix(random.number(1...2)))
        relation.shared = Set(join.shared)
      } else {
        join.condition = condition(scope, relation, &random)
      }
    } else if random.oneIn(2) {
      join.kind = .listed
    }
    scope.relations.append(relation)
    query.joins.append(join)
  }

  /// Names that both sides have once, with one type.
  private static func shared(
    _ scope: RandomScope, _ relation: RandomScope.Relation
  ) -> [String] {
    relation.columns.filter { column in
      let same = scope.relations.flatMap { known in
        known.columns.filter { $0.name == column.name && !known.shared.contains($0.name) }
      }
      return same.count == 1 && same[0].type == column.type
    }.map(\.name)
  }

  /// A condition of ON, mostly an equality.
  private func condition(
    _ scope: RandomScope, _ relation: RandomScope.Relation, _ random: inout SeededGenerator
  ) -> Node {
    var both = scope
    both.relations.append(relation)
    let leaves = both.leaves(&random)
    let all = ExpressionGenerator(leaves: leaves)
    let right = ExpressionGenerator(leaves: Array(leaves.suffix(relation.columns.count)))
    guard !random.oneIn(4) else { return all.expression(.boolean, depth: 2, &random) }
    let key = random.pick(right.leaves)
    let left = ExpressionGenerator(leaves: Array(leaves.dropLast(relation.columns.count)))
    var sides = [left.expression(key.type ?? .text, depth: random.oneIn(4) ? 2 : 0, &random), key]
    if random.oneIn(2) { sides.reverse() }
    let equality = Node(["", " = ", ""], sides, .boolean)
    guard random.oneIn(4) else { return equality }
    return Node(
      ["(", random.oneIn(3) ? " OR " : " AND ", ")"],
      [equality, all.expression(.boolean, depth: 1, &random)], .boolean)
  }

  /// Puts the first after what it is joined with, where that means the same.
  private func reorder(_ query: inout RandomQuery, _ random: inout SeededGenerator) {
    let isFree = query.joins.allSatisfy { $0.kind != .left && $0.shared.isEmpty }
    if isFree, random.oneIn(3) { swap(&query.source, &query.joins[0].source) }
    // A comma ends what ON sees.
    for index in query.joins.indices.dropLast() where query.joins[index].kind == .listed {
      query.joins[index].kind = .cross
    }
  }
}
