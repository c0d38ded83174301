import Columnar

/// Makes window functions whose values do not depend on the order of rows that are equal.
struct WindowGenerator {
  /// What the windows look at.
  let rows: ExpressionGenerator
  /// Keys by which only equal rows are equal.
  let tieBreaker: Node
  /// Whether a window may number the rows: two could number equal rows differently.
  private var mayNumber = true

  init(rows: ExpressionGenerator, tieBreaker: Node) {
    self.rows = rows
    self.tieBreaker = tieBreaker
  }

  /// A call with OVER.
  mutating func window(depth: Int, _ random: inout SeededGenerator) -> Node {
    let (call, needsOrder) = call(depth, &random)
    var keys: [Node] = []
    for _ in 0..<random.pick([0, 1, 1, 1, 2]) { keys.append(key(depth, &random)) }
    let frame = random.oneIn(3) ? frame(over: keys, isTotal: needsOrder, &random) : .nothing
    // A frame of rows cuts between those that are equal.
    let isTotal = needsOrder || frame.text.hasPrefix("ROWS")
    if isTotal { mayNumber = false }
    let order: Node
    if isTotal {
      let end = "\(tieBreaker.text) "
      order = keys.isEmpty ? Node("ORDER BY \(end)", nil) : .list("ORDER BY ", keys, ", \(end)")
    } else if keys.isEmpty {
      order = .nothing
    } else {
      order = .optional(["", ""], [Node.list("ORDER BY ", keys, " ")])
    }
    var node = Node(
      ["", " OVER (", "", "", ")"], [call, partition(&random), order, frame], call.type)
    (node.isVariable, node.isWindow) = (true, true)
    return node
  }

  private func partition(_ random: inout SeededGenerator) -> Node {
    guard !random.oneIn(3) else { return .nothing }
    let keys = (0..<random.pick([1, 1, 2])).map { _ in key(1, &random) }
    return .optional(["", ""], [Node.list("PARTITION BY ", keys, " ")])
  }

  private func key(_ depth: Int, _ random: inout SeededGenerator) -> Node {
    guard !rows.leaves.isEmpty, !random.oneIn(4) else {
      return rows.expression(random.pick(ExpressionGenerator.types), depth: 1, &random)
    }
    return random.pick(rows.leaves)
  }

  // MARK: Functions

  /// A function, and whether its value depends on the order of all rows.
  private func call(_ depth: Int, _ random: inout SeededGenerator) -> (Node, needsOrder: Bool) {
    switch random.number(0...(mayNumber ? 9 : 5)) {
    case 0...3:
      var values = rows
      values.sumsDoubles = rows.sumsDoubles && mayNumber
      var aggregate = values.windowAggregate(depth: depth, &random)
      if !mayNumber, aggregate.contains({ $0.pieces[0] == "string_agg(" }) {
        aggregate = Node("count(*)", .bigint)
      }
      let needsOrder = aggregate.contains { $0.sumsDoubles || $0.pieces[0] == "string_agg(" }
      return (aggregate, needsOrder)
    case 4, 5:
      let name = random.pick(["rank", "dense_rank", "percent_rank", "cume_dist"])
      let type: ColumnType = name.hasSuffix("rank") && name != "percent_rank" ? .bigint : .double
      return (.call(name, [], type), false)
    case 6: return (.call("row_number", [], .bigint), true)
    case 7:
      let count = random.oneIn(4) ? rows.expression(.integer, depth: 1, &random) : nil
      let buckets = count ?? Node("\(random.number(1...5))", .integer)
      return (.call("ntile", [buckets], .integer), true)
    default: return (valueCall(depth, &random), true)
    }
  }

  /// A function that shows a value of another row.
  private func valueCall(_ depth: Int, _ random: inout SeededGenerator) -> Node {
    let type = random.pick(ExpressionGenerator.types)
    let value = rows.expression(type, depth: depth, &random)
    switch random.number(0...4) {
    case 0: return .call("first_value", [value], type)
    case 1: return .call("last_value", [value], type)
    case 2:
      return .call("nth_value", [value, Node("\(random.number(1...4))", .integer)], type)
    default:
      var arguments = [value]
      if random.oneIn(2) {
        arguments.append(
          random.oneIn(4)
            ? rows.expression(.integer, depth: 1, &random)
            : Node("\(random.number(-1...3))", .integer).parenthesized)
        if random.oneIn(2) { arguments.append(Literals.any(type, &random)) }
      }
      return .call(random.oneIn(2) ? "lag" : "lead", arguments, type)
    }
  }

  // MARK: Frames

  private func frame(
    over keys: [Node], isTotal: Bool, _ random: inout SeededGenerator
  ) -> Node {
    var units = mayNumber ? ["ROWS", "ROWS", "RANGE"] : ["RANGE"]
    if !keys.isEmpty || isTotal { units.append("GROUPS") }
    let unit = random.pick(units)
    var distance: String?
    switch (unit, keys.first?.type) {
    case ("RANGE", .integer?), ("RANGE", .bigint?):
      distance = keys.count == 1 && !isTotal ? "\(random.number(0...5))" : nil
    case ("RANGE", .double?): distance = keys.count == 1 && !isTotal ? "1.5" : nil
    case ("RANGE", _): distance = nil
    default: distance = "\(random.number(0...3))"
    }
    var bounds = ["UNBOUNDED PRECEDING", "CURRENT ROW", "UNBOUNDED FOLLOWING"]
    if let distance {
      bounds.insert("\(distance) PRECEDING", at: 1)
      bounds.insert("\(distance) FOLLOWING", at: 3)
    }
    let start = random.number(0...bounds.count - 2)
    let end = random.number(max(start, 1)...bounds.count - 1)
    let exclusion = random.pick(
      ["", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES", " EXCLUDE NO OTHERS"])
    return .optional(["\(unit) BETWEEN \(bounds[start]) AND \(bounds[end])\(exclusion)"], [])
  }
}
