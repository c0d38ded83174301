import Columnar
import SQLLogic

/// Makes queries over a table.
struct QueryGenerator {
  private let table: QueryTable
  private var leaves: [Node]
  /// Aliases that have been given out.
  private var aliases = 0

  init(_ table: QueryTable) {
    self.table = table
    leaves = table.columns.map { Node(RandomTable.quoted($0.name), $0.type) }
  }

  /// A query.
  mutating func query(_ random: inout SeededGenerator) -> RandomQuery {
    var query = RandomQuery()
    var rows = ExpressionGenerator(leaves: leaves)
    if random.oneIn(12) {
      query.expansion = expansion(rows, &random)
      rows.leaves.append(Node("word", .text))
    }
    if random.oneIn(3) { query.filter = rows.expression(.boolean, depth: 2, &random) }
    let isGrouped = random.oneIn(2)
    if isGrouped {
      addGroups(rows, to: &query, &random)
    } else {
      for _ in 0..<random.number(1...3) { addItem(rows, depth: 3, to: &query, &random) }
      query.isDistinct = random.oneIn(6)
    }
    addOrder(isGrouped ? nil : rows, to: &query, &random)
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

  private mutating func addItem(
    _ generator: ExpressionGenerator, depth: Int, to query: inout RandomQuery,
    _ random: inout SeededGenerator
  ) {
    let type = random.pick(ExpressionGenerator.types)
    let node = generator.expression(type, depth: depth, &random)
    query.items.append(RandomQuery.Item(node: node, alias: alias(&random)))
  }

  private mutating func alias(_ random: inout SeededGenerator) -> String? {
    guard random.oneIn(4) else { return nil }
    aliases += 1
    return random.oneIn(8) ? "\"X \(aliases)\"" : "x\(aliases)"
  }

  /// Grouping by some keys, or by none.
  private mutating func addGroups(
    _ rows: ExpressionGenerator, to query: inout RandomQuery, _ random: inout SeededGenerator
  ) {
    var keys: [Node] = []
    for _ in 0..<random.pick([0, 1, 1, 1, 2, 3]) {
      keys.append(
        random.oneIn(3)
          ? rows.expression(random.pick(ExpressionGenerator.types), depth: 2, &random)
          : random.pick(rows.leaves))
    }
    let made = (0..<random.number(1...3)).map { _ in rows.aggregate(depth: 2, &random) }
    // A constant in GROUP BY is a position or a mistake.
    keys = keys.filter { key in
      key.contains { node in rows.leaves.contains { $0.text == node.text } }
    }
    let groups = ExpressionGenerator(leaves: keys + made)
    for key in keys {
      guard !random.oneIn(5) else {
        query.groups.append(key)
        continue
      }
      let name = alias(&random)
      query.items.append(RandomQuery.Item(node: key, alias: name))
      let position = Node("\(query.items.count)", nil)
      query.groups.append(
        random.oneIn(4) ? position : random.oneIn(3) ? name.map { Node($0, nil) } ?? key : key)
    }
    for aggregate in made {
      query.items.append(
        RandomQuery.Item(
          node: random.oneIn(3)
            ? groups.expression(random.pick(ExpressionGenerator.types), depth: 2, &random)
            : aggregate, alias: alias(&random)))
    }
    // Aggregates are what makes a group of all rows.
    if keys.isEmpty { query.items.append(RandomQuery.Item(node: made[0], alias: nil)) }
    if random.oneIn(5) { query.having = groups.expression(.boolean, depth: 2, &random) }
    query.isDistinct = random.oneIn(15)
    if query.groups.isEmpty, !query.isDistinct, random.oneIn(10) { query.limit = "1" }
  }

  private func addOrder(
    _ rows: ExpressionGenerator?, to query: inout RandomQuery, _ random: inout SeededGenerator
  ) {
    guard random.oneIn(2) else { return }
    for _ in 0..<random.number(1...2) {
      var node = Node("\(random.number(1...query.items.count))", nil)
      if random.oneIn(3) {
        let item = random.pick(query.items)
        node = item.alias.map { Node($0, nil) } ?? item.node
        if item.alias == nil, isConstant(node) { node = Node("1", nil) }
      } else if let rows, !query.isDistinct, random.oneIn(2) {
        node = rows.expression(random.pick(ExpressionGenerator.types), depth: 1, &random)
        if isConstant(node) { node = Node("1", nil) }
      } else if !query.groups.isEmpty, !query.isDistinct, random.oneIn(2) {
        node = random.pick(query.groups)
      }
      let direction = random.pick(["", "", " DESC", " ASC", " DESC"])
      let nulls = random.pick(["", "", " NULLS FIRST", " NULLS LAST"])
      query.order.append(RandomQuery.Key(node: node, direction: direction + nulls))
    }
    if random.oneIn(3) { query.limit = random.pick(["0", "1", "2", "5", "10", "100", "NULL"]) }
    if random.oneIn(4) { query.offset = random.pick(["0", "1", "3", "20"]) }
  }

  /// Whether ORDER BY would take it for a position or a mistake.
  private func isConstant(_ node: Node) -> Bool {
    node.children.isEmpty && !leaves.contains { $0.text == node.text }
  }
}
