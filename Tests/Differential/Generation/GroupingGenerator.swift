/// Puts keys of GROUP BY into GROUPING SETS, ROLLUP and CUBE.
enum GroupingGenerator {
  /// The items of GROUP BY for some keys.
  static func items(_ keys: [Node], _ random: inout SeededGenerator) -> [Node] {
    guard !keys.isEmpty, random.oneIn(5) else { return keys }
    let count = random.number(1...keys.count)
    let last = Array(keys.suffix(count))
    return Array(keys.dropLast(count)) + [sets(last, nesting: 1, &random)]
  }

  private static func sets(
    _ keys: [Node], nesting: Int, _ random: inout SeededGenerator
  ) -> Node {
    switch random.number(0...2) {
    case 0: return .list("ROLLUP (", keys, ")")
    case 1: return .list("CUBE (", keys, ")")
    default:
      let parts = (0..<random.number(1...3)).map { _ -> Node in
        let some = keys.shuffled(using: &random).prefix(random.number(0...keys.count))
        if some.isEmpty { return Node("()", nil) }
        if nesting > 0, random.oneIn(5) {
          return sets(Array(some), nesting: nesting - 1, &random)
        }
        return .list("(", Array(some), ")")
      }
      return .list("GROUPING SETS (", parts, ")")
    }
  }
}
