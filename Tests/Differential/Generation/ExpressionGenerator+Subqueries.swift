import Columnar
import SQLLogic

/// Sub-queries over tables inside expressions.
extension ExpressionGenerator {
  /// A table that a sub-query reads, and how.
  private struct Reading {
    let relation: RandomScope.Relation
    /// ` FROM table AS s`.
    let from: String
    /// Expressions over the table.
    let rows: ExpressionGenerator
    /// An order of the rows in which only those are equal that show the same.
    let tieBreaker: Node

    init(_ table: RandomScope.Relation, _ random: inout SeededGenerator) {
      var relation = table
      // Two sub-queries in each other would otherwise have one name.
      relation.name = "s\(random.number(1...99))"
      self.relation = relation
      from = " FROM \(table.name) AS \(relation.name)"
      let scope = RandomScope(relations: [relation])
      rows = ExpressionGenerator(
        leaves: relation.columns.map { column in
          .column("\(relation.name).\(RandomTable.quoted(column.name))", column.type)
        })
      tieBreaker = scope.tieBreaker
    }

    /// A WHERE over the table, or nothing.
    func condition(_ random: inout SeededGenerator) -> Node {
      guard random.oneIn(2) else { return .nothing }
      return .optional([" WHERE ", ""], [rows.expression(.boolean, depth: 1, &random)])
    }
  }

  /// `[NOT] EXISTS (…)` or `[NOT] IN (SELECT …)`.
  func tableTest(_ random: inout SeededGenerator) -> Node {
    let reading = Reading(random.pick(tables), &random)
    let column = random.pick(reading.rows.leaves)
    let type = column.type ?? .text
    var node: Node
    if random.oneIn(2) {
      let negation = random.oneIn(3) ? " NOT" : ""
      let source = random.oneIn(6) ? ArgumentPool.castSource(of: type, &random) : type
      let value =
        random.oneIn(20)
        ? Literals.untyped(type, &random) : outer.expression(source, depth: 1, &random)
      let selected =
        random.oneIn(4) ? reading.rows.expression(type, depth: 1, &random) : column
      node = Node(
        ["(", "\(negation) IN (SELECT ", reading.from, "))"],
        [value, selected, reading.condition(&random)], .boolean)
    } else {
      node = exists(reading, column, &random)
    }
    (node.isVariable, node.isSubquery) = (true, true)
    return node
  }

  private func exists(
    _ reading: Reading, _ column: Node, _ random: inout SeededGenerator
  ) -> Node {
    let start = random.oneIn(3) ? "(NOT EXISTS (SELECT 1" : "(EXISTS (SELECT 1"
    guard random.oneIn(3) else {
      var pieces = ["\(start)\(reading.from) WHERE ", " = ", "))"]
      var parts = [column, outer.expression(column.type ?? .text, depth: 1, &random)]
      if random.oneIn(2) { parts.reverse() }
      if random.oneIn(3) {
        pieces[2] = " AND "
        pieces.append("))")
        parts.append(reading.rows.expression(.boolean, depth: 1, &random))
      }
      return Node(pieces, parts, .boolean)
    }
    return Node(
      ["\(start)\(reading.from)", "))"], [reading.condition(&random)], .boolean)
  }

  /// `(SELECT …)` of one value.
  func scalarSubquery(_ type: ColumnType, _ random: inout SeededGenerator) -> Node {
    let reading = Reading(random.pick(tables), &random)
    var node: Node
    let condition = reading.condition(&random)
    if random.oneIn(3) {
      node = Node(
        ["(SELECT ", reading.from, ")"], [reading.rows.aggregate(depth: 1, &random), condition],
        type)
    } else {
      let value = reading.rows.expression(type, depth: 1, &random)
      let end = random.oneIn(12) ? "" : " ORDER BY \(reading.tieBreaker.text) LIMIT 1"
      node = Node(["(SELECT ", reading.from, "\(end))"], [value, condition], type)
    }
    (node.isVariable, node.isSubquery) = (true, true)
    return node
  }

  /// What of the query around a sub-query may use: an aggregate there would be one of its own rows.
  private var outer: ExpressionGenerator {
    var outer = self
    outer.tables = []
    outer.leaves = leaves.filter { !$0.contains(\.isAggregate) }
    return outer
  }
}
