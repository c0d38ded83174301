import Columnar

/// Makes constants.
enum Literals {
  /// A constant of the type, written one way or another.
  static func typed(_ type: ColumnType, _ random: inout SeededGenerator) -> Node {
    let values = ValuePool.values(of: type)
    guard !values.isEmpty else { return Node("NULL::\(type.name)", type) }
    var value = random.pick(values)
    if ValuePool.isNumber(type) {
      // The shorter of two: large numbers make large failures.
      let other = random.pick(values)
      if other.utf8.count < value.utf8.count { value = other }
    }
    let isPlain = random.oneIn(2)
    switch type {
    case .boolean: return Node(value, type)
    case .integer where isPlain, .bigint where isPlain, .numeric where isPlain:
      return Node(value.hasPrefix("-") ? "(\(value))" : value, type)
    case .date, .timestamp, .timestamptz:
      return Node(
        isPlain ? "\(type.name) '\(value)'" : "'\(value)'::\(type.name)", type)
    default: return Node("\(RandomTable.constant(value))::\(type.name)", type)
    }
  }

  /// A quoted constant without a type that reads as one of `type`.
  static func untyped(_ type: ColumnType, _ random: inout SeededGenerator) -> Node {
    let values = ValuePool.values(of: type)
    return values.isEmpty
      ? Node("NULL", nil) : Node(RandomTable.constant(random.pick(values)), nil)
  }

  /// A constant with or without a type.
  static func any(_ type: ColumnType, _ random: inout SeededGenerator) -> Node {
    random.oneIn(3) ? untyped(type, &random) : typed(type, &random)
  }

  /// A pattern of LIKE.
  static func pattern(_ random: inout SeededGenerator) -> Node {
    let parts = ["%", "_", "a", "b", "A", "%%", "ä", "\\%", "\\\\", "日", "#_", "hello", " ", ""]
    let count = random.number(0...4)
    let text = (0..<count).map { _ in random.pick(parts) }.joined()
    return Node(RandomTable.constant(text), nil)
  }
}
