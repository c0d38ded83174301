import Columnar

/// What has a syntax of its own.
extension ExpressionGenerator {
  func conditional(
    _ type: ColumnType, _ depth: Int, _ random: inout SeededGenerator
  ) -> Node {
    func part(_ random: inout SeededGenerator) -> Node {
      if random.oneIn(12) {
        return random.oneIn(2) ? Node("NULL", nil) : Literals.untyped(type, &random)
      }
      let source = random.oneIn(8) ? ArgumentPool.castSource(of: type, &random) : type
      return expression(source, depth: depth, &random)
    }
    switch random.number(0...5) {
    case 0: return .call("coalesce", [part(&random), part(&random)], type)
    case 1: return .call("nullif", [part(&random), part(&random)], type)
    case 2:
      return .call(
        random.oneIn(2) ? "greatest" : "least", [part(&random), part(&random), part(&random)], type)
    case 3:
      let subject = random.pick(Self.types)
      let parts = [
        expression(subject, depth: depth, &random), expression(subject, depth: depth, &random),
        part(&random), expression(subject, depth: 0, &random), part(&random), part(&random),
      ]
      return Node(
        ["CASE ", " WHEN ", " THEN ", " WHEN ", " THEN ", " ELSE ", " END"], parts, type)
    default:
      let condition = expression(.boolean, depth: depth, &random)
      guard random.oneIn(3) else {
        return Node(
          ["CASE WHEN ", " THEN ", " ELSE ", " END"], [condition, part(&random), part(&random)],
          type)
      }
      return Node(["CASE WHEN ", " THEN ", " END"], [condition, part(&random)], type)
    }
  }

  func predicate(_ depth: Int, _ random: inout SeededGenerator) -> Node {
    func any(_ type: ColumnType, _ random: inout SeededGenerator) -> Node {
      expression(type, depth: depth, &random)
    }
    let type = random.pick(Self.types)
    let negation = random.oneIn(3) ? " NOT" : ""
    if !tables.isEmpty, random.oneIn(5) { return tableTest(&random) }
    switch random.number(0...9) {
    case 0, 1:
      let word = random.oneIn(2) ? " AND " : " OR "
      return Node(["(", word, ")"], [any(.boolean, &random), any(.boolean, &random)], .boolean)
    case 2: return Node(["(NOT ", ")"], [any(.boolean, &random)], .boolean)
    case 3: return Node(["(", " IS\(negation) NULL)"], [any(type, &random)], .boolean)
    case 4:
      let items = (0..<random.number(1...4)).map { _ in
        random.oneIn(10)
          ? Node("NULL", nil)
          : random.oneIn(4) ? any(type, &random) : Literals.any(type, &random)
      }
      let commas = [String](repeating: ", ", count: items.count - 1)
      return Node(
        ["(", "\(negation) IN ("] + commas + ["))"], [any(type, &random)] + items, .boolean)
    case 5:
      let symmetric = random.oneIn(4) ? " SYMMETRIC" : ""
      return Node(
        ["(", "\(negation) BETWEEN\(symmetric) ", " AND ", ")"],
        [any(type, &random), any(type, &random), any(type, &random)], .boolean)
    case 6:
      return Node(
        ["(", " IS\(negation) DISTINCT FROM ", ")"], [any(type, &random), any(type, &random)],
        .boolean)
    case 7:
      let word = random.pick(["TRUE", "FALSE", "UNKNOWN"])
      return Node(["(", " IS\(negation) \(word))"], [any(.boolean, &random)], .boolean)
    default:
      let operation = random.oneIn(3) ? " ILIKE " : " LIKE "
      let pattern = random.oneIn(5) ? any(.text, &random) : Literals.pattern(&random)
      let escape = random.oneIn(8) ? " ESCAPE '#'" : ""
      return Node(
        ["(", "\(negation)\(operation)", "\(escape))"], [any(.text, &random), pattern], .boolean)
    }
  }
}
