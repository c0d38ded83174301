import Columnar
import Formats

/// Turns a SELECT statement into a plan, clause by clause.
struct SelectBinder {
  /// A column of the select list, or a hidden one for ORDER BY.
  struct Target {
    var name: String
    /// Over the references.
    var expression: Expression
    var isHidden: Bool
  }

  /// Columns a result may have, hidden ones included.
  static let maxTargets = 10_000

  var expressions: ExpressionBinder
  var targets: [Target] = []
  /// The keys of all grouping sets, each once.
  var keys: [Expression] = []
  /// The grouping sets, each the ascending indexes of its keys.
  var sets: [[Int]] = [[]]
  var isDistinct = false

  init(source: [UInt8], schema: InputSchema) {
    expressions = ExpressionBinder(source: source, scope: Scope(schema))
  }

  /// Binds the statement.
  mutating func bind(_ select: SyntaxNode) throws(SQLError) -> SelectPlan {
    try select.allow([
      "distinctClause", "targetList", "fromClause", "whereClause", "groupClause", "groupDistinct",
      "havingClause",
      "sortClause", "limitOffset", "limitCount", "limitOption", "op",
    ])
    try checkOptions(select)
    try bindFrom(select)
    try collectAliases(select)
    try bindTargets(select)
    var filter: Expression?
    if let node = try select.node("whereClause") {
      filter = try expressions.condition(try expressions.bind(node, in: .filter), of: "WHERE")
    }
    try bindGroups(select)
    var having: Expression?
    if let node = try select.node("havingClause") {
      having = try expressions.condition(try expressions.bind(node, in: .having), of: "HAVING")
    }
    let order = try bindOrder(select)
    let bounds = try bindLimit(select)
    let isGrouped =
      !select.items("groupClause").isEmpty || !expressions.aggregates.isEmpty
      || !expressions.markers.isEmpty || having != nil
    let assembler = PlanAssembler(
      expressions: expressions, keys: isGrouped ? keys : nil, sets: sets)
    return try assembler.assemble(
      filter: filter, targets: targets, having: having, distinct: isDistinct, order: order,
      offset: bounds.offset, limit: bounds.limit)
  }

  private mutating func checkOptions(_ select: SyntaxNode) throws(SQLError) {
    guard select.string("op") == "SETOP_NONE" else {
      throw Unsupported.error("UNION, INTERSECT and EXCEPT are", at: select.position)
    }
    switch select.string("limitOption") {
    case "LIMIT_OPTION_DEFAULT", "LIMIT_OPTION_COUNT": break
    default: throw Unsupported.error("WITH TIES is", at: select.position, help: "use LIMIT")
    }
    let distinct = select.items("distinctClause")
    isDistinct = !distinct.isEmpty
    for item in distinct {
      if case .object(let fields) = item, fields.isEmpty { continue }
      throw Unsupported.error(
        "DISTINCT ON is", at: item.firstPosition ?? select.position, help: "use GROUP BY")
    }
  }

  private mutating func collectAliases(_ select: SyntaxNode) throws(SQLError) {
    for node in try select.nodes("targetList") {
      if let name = node.string("name") { expressions.scope.aliases.insert(name) }
    }
  }

  private mutating func bindTargets(_ select: SyntaxNode) throws(SQLError) {
    for node in try select.nodes("targetList") {
      try node.expect("ResTarget")
      try node.allow(["name", "val"])
      guard let value = try node.node("val") else {
        throw SQLError(position: node.position, "the SQL parser's select list has a gap")
      }
      if try bindStar(value) { continue }
      let operand = try expressions.bind(value, in: .selectList)
      let usual = try ColumnName.name(of: value)
      try add(
        Target(
          name: node.string("name") ?? usual, expression: operand.expression, isHidden: false),
        at: value.position)
    }
    guard !targets.isEmpty else {
      throw SQLError(
        position: select.position, "the select list is empty; name a column, or write *")
    }
  }

  /// Adds a column of the result.
  mutating func add(_ target: Target, at position: Int) throws(SQLError) {
    guard targets.count < Self.maxTargets else {
      throw SQLError(position: position, "a result has at most \(Self.maxTargets) columns")
    }
    targets.append(target)
  }

  /// Adds all columns when `node` is `*` or `input.*`.
  private mutating func bindStar(_ node: SyntaxNode) throws(SQLError) -> Bool {
    guard node.kind == "ColumnRef" else { return false }
    let fields = try node.nodes("fields")
    guard fields.last?.kind == "A_Star" else { return false }
    try node.allow(["fields"])
    let scope = expressions.scope
    var qualifier: String?
    if fields.count == 2, fields[0].kind == "String" {
      qualifier = fields[0].string("sval")
    } else if fields.count != 1 {
      throw Unsupported.error("a name of several parts before .* is", at: node.position)
    }
    let isDerivedOnly = qualifier != nil && qualifier == scope.derived?.table
    if let qualifier, !isDerivedOnly { try scope.check(qualifier, at: node.position) }
    var references: [Reference] = []
    if !isDerivedOnly {
      references = scope.columns.enumerated().map {
        Reference(target: .column($0.offset), name: $0.element.name, position: node.position)
      }
    }
    if let derived = scope.derived, qualifier == nil || isDerivedOnly {
      references.append(
        Reference(target: .expansion, name: derived.column, position: node.position))
    }
    for reference in references {
      let expression = expressions.refer(to: reference).expression
      try add(
        Target(name: reference.name, expression: expression, isHidden: false), at: node.position)
    }
    return true
  }
}
