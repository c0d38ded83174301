import Columnar

/// Reads what stands in OVER and in WINDOW.
struct WindowDefinition {
  /// A window: what it divides and orders by, and its frame.
  struct Window {
    var partition: [Expression] = []
    var order: [WindowOrder] = []
    var frame = WindowFrame.standard
  }

  /// What expressions are bound with; takes part in the binding.
  private(set) var expressions: ExpressionBinder

  init(_ expressions: ExpressionBinder) { self.expressions = expressions }

  /// Reads a `WindowDef`.
  mutating func read(_ node: SyntaxNode) throws(SQLError) -> Window {
    try node.allow([
      "name", "refname", "partitionClause", "orderClause", "frameOptions", "startOffset",
      "endOffset",
    ])
    // OVER name; a definition of WINDOW has a name of its own, which nobody asks for here.
    if let name = node.string("name"), !isDefinition(node) {
      return try named(name, at: node.position)
    }
    var window = Window()
    if let name = node.string("refname") {
      window = try named(name, at: node.position)
      if !node.items("partitionClause").isEmpty {
        throw SQLError(
          position: node.position, "cannot override PARTITION BY clause of window \"\(name)\"")
      }
      if !window.order.isEmpty, !node.items("orderClause").isEmpty {
        throw SQLError(
          position: node.position, "cannot override ORDER BY clause of window \"\(name)\"")
      }
      guard window.frame == .standard else {
        throw SQLError(
          position: node.position,
          "cannot copy window \"\(name)\" because it has a frame clause")
      }
    }
    for item in try node.nodes("partitionClause") {
      window.partition.append(try bind(item))
    }
    for item in try node.sortItems("orderClause") {
      window.order.append(
        WindowOrder(
          expression: try bind(item.value), descending: item.isDescending,
          nullsFirst: item.nullsFirst))
    }
    window.frame = try frame(node, window)
    return window
  }

  private func isDefinition(_ node: SyntaxNode) -> Bool {
    expressions.namedWindows.contains {
      $0.definition.string("name") == node.string("name")
        && $0.definition.position == node.position
    }
  }

  private mutating func named(_ name: String, at position: Int) throws(SQLError) -> Window {
    guard let index = expressions.namedWindows.firstIndex(where: { $0.name == name }) else {
      throw SQLError(position: position, "window \"\(name)\" does not exist")
    }
    let definition = expressions.namedWindows[index].definition
    // A definition knows only those before it.
    var inner = self
    inner.expressions.namedWindows = Array(expressions.namedWindows[...index])
    if definition.string("refname") == name {
      throw SQLError(position: position, "window \"\(name)\" does not exist")
    }
    let window = try inner.read(definition)
    let names = expressions.namedWindows
    expressions = inner.expressions
    expressions.namedWindows = names
    return window
  }

  private mutating func bind(_ node: SyntaxNode) throws(SQLError) -> Expression {
    let outer = expressions.clause
    expressions.clause = .window
    defer { expressions.clause = outer }
    let operand = try expressions.bind(node)
    return operand.isUntyped ? try expressions.coerce(operand, to: .text) : operand.expression
  }

  // MARK: Frames

  /// PostgreSQL's `FRAMEOPTION_` bits (`parsenodes.h`).
  private struct Options: OptionSet {
    let rawValue: Int
    static let range = Options(rawValue: 0x2)
    static let rows = Options(rawValue: 0x4)
    static let groups = Options(rawValue: 0x8)
    static let startUnboundedPreceding = Options(rawValue: 0x20)
    static let endUnboundedFollowing = Options(rawValue: 0x100)
    static let startCurrentRow = Options(rawValue: 0x200)
    static let endCurrentRow = Options(rawValue: 0x400)
    static let startOffsetPreceding = Options(rawValue: 0x800)
    static let endOffsetPreceding = Options(rawValue: 0x1000)
    static let startOffsetFollowing = Options(rawValue: 0x2000)
    static let endOffsetFollowing = Options(rawValue: 0x4000)
    static let excludeCurrentRow = Options(rawValue: 0x8000)
    static let excludeGroup = Options(rawValue: 0x10000)
    static let excludeTies = Options(rawValue: 0x20000)
  }

  private mutating func frame(
    _ node: SyntaxNode, _ window: Window
  ) throws(SQLError) -> WindowFrame {
    let options = Options(rawValue: node.integer("frameOptions") ?? 0x422)
    var frame = WindowFrame.standard
    frame.unit = options.contains(.rows) ? .rows : options.contains(.groups) ? .groups : .range
    if frame.unit == .groups, window.order.isEmpty {
      throw SQLError(position: node.position, "GROUPS mode requires an ORDER BY clause")
    }
    if options.contains(.startUnboundedPreceding) {
      frame.start = .unboundedPreceding
    } else if options.contains(.startCurrentRow) {
      frame.start = .currentRow
    } else if options.contains(.startOffsetPreceding) {
      frame.start = .preceding(try distance("startOffset", of: node, frame.unit, window))
    } else {
      frame.start = .following(try distance("startOffset", of: node, frame.unit, window))
    }
    if options.contains(.endUnboundedFollowing) {
      frame.end = .unboundedFollowing
    } else if options.contains(.endCurrentRow) {
      frame.end = .currentRow
    } else if options.contains(.endOffsetPreceding) {
      frame.end = .preceding(try distance("endOffset", of: node, frame.unit, window))
    } else {
      frame.end = .following(try distance("endOffset", of: node, frame.unit, window))
    }
    if options.contains(.excludeCurrentRow) { frame.exclusion = .currentRow }
    if options.contains(.excludeGroup) { frame.exclusion = .group }
    if options.contains(.excludeTies) { frame.exclusion = .ties }
    return frame
  }

  private mutating func distance(
    _ field: String, of node: SyntaxNode, _ unit: WindowFrame.Unit, _ window: Window
  ) throws(SQLError) -> Expression {
    let operand = try expressions.bind(field, of: node)
    guard case .literal(let literal, _) = operand.expression, literal != .null else {
      throw Unsupported.error(
        "a frame's distance that is no constant is", at: operand.position)
    }
    guard unit == .range else {
      return try nonNegative(
        try expressions.coerce(operand, to: .bigint), unit == .rows ? "ROWS" : "GROUPS", operand)
    }
    guard window.order.count == 1 else {
      throw SQLError(
        position: node.position,
        "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column")
    }
    switch window.order[0].expression.type {
    case .integer, .bigint:
      return try nonNegative(try expressions.coerce(operand, to: .bigint), "RANGE", operand)
    case .double:
      return try nonNegative(try expressions.coerce(operand, to: .double), "RANGE", operand)
    default:
      throw Unsupported.error(
        "RANGE with a distance over \(window.order[0].expression.type.name) is",
        at: operand.position, help: "order by a number, or use ROWS")
    }
  }

  private func nonNegative(
    _ distance: Expression, _ unit: String, _ operand: Operand
  ) throws(SQLError) -> Expression {
    let isNegative =
      switch distance {
      case .literal(.integer(let value), _): value < 0
      case .literal(.double(let value), _): value < 0 || value.isNaN
      default: true
      }
    guard !isNegative else {
      throw SQLError(
        position: operand.position,
        unit == "RANGE"
          ? "invalid preceding or following size in window function"
          : "frame starting and ending offsets must not be negative")
    }
    return distance
  }
}
