import Columnar
import SQLLogic

/// SELECT and UNION.
extension QueryGenerator {
  /// A query without WITH.
  mutating func select(_ wish: Wish, _ random: inout SeededGenerator) -> RandomQuery {
    var query = RandomQuery()
    query.isNested = wish.isNested
    let scope = addFrom(wish, to: &query, &random)
    var rows = ExpressionGenerator(leaves: scope.leaves(&random))
    rows.sumsDoubles = !query.hasOpenOrder
    if random.oneIn(12) {
      query.expansion = expansion(rows, &random)
      rows.leaves.append(.column("word", .text))
    }
    var tieBreaker = scope.tieBreaker
    if query.expansion != nil { tieBreaker.pieces[0] += ", word" }
    let isGrouped = random.oneIn(wish.isNested ? 4 : 2)
    var values = rows
    values.tables = named.filter { $0.origin == .tables }.map(\.relation)
    if random.oneIn(3) { query.filter = values.expression(.boolean, depth: 2, &random) }
    if isGrouped {
      addGroups(rows, wish, to: &query, &random)
    } else {
      let windows =
        random.oneIn(4) ? WindowGenerator(rows: rows, tieBreaker: tieBreaker) : nil
      addItems(values, windows, wish, to: &query, &random)
      query.isDistinct = random.oneIn(6)
    }
    let keepsArms = wish.nesting > 0 && random.oneIn(6)
    if keepsArms { addArms(wish, to: &query, &random) }
    addOrder(isGrouped || keepsArms ? nil : rows, to: &query, &random)
    let isTotal = wish.isNested ? query.isLimitable : query.arms.isEmpty || query.isOrdered
    if !isTotal { (query.limit, query.offset) = (nil, nil) }
    return query
  }

  private func expansion(_ rows: ExpressionGenerator, _ random: inout SeededGenerator) -> Node {
    let text = rows.expression(.text, depth: 1, &random)
    let delimiter = random.pick(["','", "' '", "'a'", "''"])
    let call =
      random.oneIn(2)
      ? ["string_to_table(", ", \(delimiter)) AS word"]
      : ["unnest(string_to_array(", ", \(delimiter))) AS t(word)"]
    return Node(call, [text], nil)
  }

  /// Items of the wanted types, or of some.
  private mutating func addItems(
    _ values: ExpressionGenerator, _ windows: WindowGenerator?, _ wish: Wish,
    to query: inout RandomQuery, _ random: inout SeededGenerator
  ) {
    var windows = windows
    let some = (0..<random.number(1...3)).map { _ in random.pick(ExpressionGenerator.types) }
    for type in wish.types.isEmpty ? some : wish.types {
      var node: Node
      if wish.types.isEmpty, !random.oneIn(3), let window = windows?.window(depth: 1, &random) {
        node = window
      } else if wish.isNested, random.oneIn(2) {
        node = values.expression(type, depth: 0, &random)
      } else {
        node = values.expression(type, depth: wish.isNested ? 2 : 3, &random)
      }
      if !wish.types.isEmpty, node.type != type {
        node = values.expression(type, depth: 0, &random)
      }
      query.items.append(RandomQuery.Item(node: node, alias: alias(wish, &random)))
    }
  }

  private mutating func alias(_ wish: Wish, _ random: inout SeededGenerator) -> String? {
    if wish.isNested { return name("c") }
    guard random.oneIn(4) else { return nil }
    return random.oneIn(8) ? "\"\(name("X "))\"" : name("x")
  }

  // MARK: GROUP BY

  /// Grouping by some keys, or by none.
  private mutating func addGroups(
    _ rows: ExpressionGenerator, _ wish: Wish, to query: inout RandomQuery,
    _ random: inout SeededGenerator
  ) {
    let keys = groupKeys(rows, wish, &random)
    let made = (0..<random.number(1...3)).map { _ in rows.aggregate(depth: 2, &random) }
    var groups = ExpressionGenerator(leaves: keys + made)
    groups.sumsDoubles = rows.sumsDoubles
    var windows =
      random.oneIn(8)
      ? WindowGenerator(rows: groups, tieBreaker: Self.tieBreaker(keys, made)) : nil
    groups.tables = named.filter { $0.origin == .tables }.map(\.relation)
    if wish.types.isEmpty {
      for key in keys { addKey(key, wish, to: &query, &random) }
      for aggregate in made {
        let type = random.pick(ExpressionGenerator.types)
        let node =
          windows?.window(depth: 1, &random)
          ?? (random.oneIn(3) ? groups.expression(type, depth: 2, &random) : aggregate)
        query.items.append(RandomQuery.Item(node: node, alias: alias(wish, &random)))
      }
    } else {
      query.groups = keys
      addItems(groups, nil, wish, to: &query, &random)
    }
    query.groups = GroupingGenerator.items(query.groups, &random)
    let hasSets = query.groups.contains { $0.isList }
    if hasSets, !keys.isEmpty, wish.types.isEmpty {
      query.items.append(
        RandomQuery.Item(node: .call("grouping", keys, .integer), alias: alias(wish, &random)))
    }
    // Aggregates are what makes a group of all rows.
    if keys.isEmpty, wish.types.isEmpty {
      query.items.append(RandomQuery.Item(node: made[0], alias: alias(wish, &random)))
    }
    if random.oneIn(5) { query.having = groups.expression(.boolean, depth: 2, &random) }
    query.isDistinct = random.oneIn(15)
    if query.groups.isEmpty, !query.isDistinct, !query.isNested, random.oneIn(10) {
      query.limit = "1"
    }
  }

  private func groupKeys(
    _ rows: ExpressionGenerator, _ wish: Wish, _ random: inout SeededGenerator
  ) -> [Node] {
    var keys: [Node] = []
    for _ in 0..<random.pick([0, 1, 1, 1, 2, 3]) {
      let key =
        random.oneIn(3)
        ? rows.expression(random.pick(ExpressionGenerator.types), depth: 2, &random)
        : random.pick(rows.leaves)
      // A constant in GROUP BY is a position or a mistake.
      guard !key.isConstant else { continue }
      let written = wish.isNested ? Self.written(key) : key
      // One key twice is two keys of grouping sets for PostgreSQL, where it is two columns.
      guard !keys.contains(where: { $0.text == written.text }) else { continue }
      keys.append(written)
    }
    return keys
  }

  /// The key's text, where equal keys may be written in several ways: which of them stands for the
  /// group is not said, and must not be seen.
  private static func written(_ key: Node) -> Node {
    switch key.type {
    case .numeric?, .double?, .interval?, nil: Node(["(", ")::text"], [key], .text)
    default: key
    }
  }

  private mutating func addKey(
    _ key: Node, _ wish: Wish, to query: inout RandomQuery, _ random: inout SeededGenerator
  ) {
    guard !random.oneIn(5) else {
      query.groups.append(key)
      return
    }
    let name = alias(wish, &random)
    query.items.append(RandomQuery.Item(node: key, alias: name))
    let position = Node("\(query.items.count)", nil)
    query.groups.append(
      random.oneIn(4) ? position : random.oneIn(3) ? name.map { Node($0, nil) } ?? key : key)
  }

  /// Keys by which only groups are equal that are so in all they show, their set too.
  private static func tieBreaker(_ keys: [Node], _ made: [Node]) -> Node {
    let values = (keys + made).map { "(\($0.text))::text" }
    let set = keys.isEmpty ? [] : [Node.call("grouping", keys, .integer).text]
    return Node((values + set).joined(separator: ", "), nil)
  }

  // MARK: UNION

  private mutating func addArms(
    _ wish: Wish, to query: inout RandomQuery, _ random: inout SeededGenerator
  ) {
    let types = query.items.map { $0.node.type ?? .text }
    for _ in 0..<random.pick([1, 1, 2]) {
      let origin = wish.origin == .input && random.oneIn(3) ? Origin.tables : wish.origin
      let arm = self.query(
        Wish(origin: origin, nesting: wish.nesting - 1, types: types, isNested: true), &random)
      query.arms.append(RandomQuery.Arm(isAll: random.oneIn(2), query: arm))
    }
  }

  // MARK: ORDER BY

  private mutating func addOrder(
    _ rows: ExpressionGenerator?, to query: inout RandomQuery, _ random: inout SeededGenerator
  ) {
    guard random.oneIn(query.isNested ? 6 : 2) else { return }
    for _ in 0..<random.number(1...2) {
      let direction = random.pick(["", "", " DESC", " ASC", " DESC"])
      let nulls = random.pick(["", "", " NULLS FIRST", " NULLS LAST"])
      query.order.append(
        RandomQuery.Key(node: orderKey(rows, query, &random), direction: direction + nulls))
    }
    let canName = !query.isDistinct && query.groups.isEmpty && query.arms.isEmpty
    if canName, random.oneIn(5) { query.distinctOn = random.number(1...query.order.count) }
    if random.oneIn(3) { query.limit = random.pick(["0", "1", "2", "5", "10", "100", "NULL"]) }
    if random.oneIn(4) { query.offset = random.pick(["0", "1", "3", "20"]) }
  }

  private func orderKey(
    _ rows: ExpressionGenerator?, _ query: RandomQuery, _ random: inout SeededGenerator
  ) -> Node {
    let position = Node("\(random.number(1...query.items.count))", nil)
    guard query.arms.isEmpty else { return position }
    if random.oneIn(3) {
      let item = random.pick(query.items)
      return item.alias.map { Node($0, nil) } ?? (item.node.isConstant ? Node("1", nil) : item.node)
    }
    guard !query.isDistinct, random.oneIn(2) else { return position }
    if let rows {
      let key = rows.expression(random.pick(ExpressionGenerator.types), depth: 1, &random)
      return key.isConstant ? Node("1", nil) : key
    }
    return query.groups.isEmpty || query.groups.contains(where: \.isList)
      ? position : random.pick(query.groups)
  }
}

extension RandomQuery {
  /// Whether the order in which its rows come is that of PostgreSQL's plan.
  var hasOpenOrder: Bool { !joins.isEmpty || source.query != nil || source.isOfWith }

  /// Whether a LIMIT takes rows that are the same in all that they show.
  var isLimitable: Bool { isOrdered && arms.isEmpty && !isDistinct }
}
