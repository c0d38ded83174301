import Columnar
import Formats

/// Turns one SELECT into relations, clause by clause.
struct SelectBinder {
  /// A column of the select list, or a hidden one for ORDER BY.
  struct Target {
    var name: String
    /// Over the references.
    var expression: Expression
    var isHidden: Bool
    /// Whether it is a quoted constant or NULL, whose type what is around may decide.
    var isUntyped = false
  }

  /// Columns a result may have, hidden ones included.
  static let maxTargets = 10_000

  let context: QueryContext
  /// Whether the query stands in an expression, where only tables can be read.
  let tablesOnly: Bool
  var expressions: ExpressionBinder
  /// What the query reads first, or `nil` for the input itself.
  var source: Relation?
  var joins: [JoinDraft] = []
  /// ON of inner joins, over the references.
  var joinConditions: [Expression] = []
  var targets: [Target] = []
  /// The keys of all grouping sets, each once.
  var keys: [Expression] = []
  /// The grouping sets, each the ascending indexes of its keys.
  var sets: [[Int]] = [[]]
  var isDistinct = false
  /// DISTINCT ON: indexes into ``targets``.
  var distinctOn: [Int]?

  init(context: QueryContext, tablesOnly: Bool) {
    self.context = context
    self.tablesOnly = tablesOnly
    expressions = ExpressionBinder(context: context)
  }

  /// Binds the statement.
  mutating func bind(_ select: SyntaxNode) throws(SQLError) -> BoundQuery {
    try select.allow([
      "distinctClause", "targetList", "fromClause", "whereClause", "groupClause", "groupDistinct",
      "havingClause", "windowClause", "sortClause", "limitOffset", "limitCount", "limitOption",
      "op", "withClause",
    ])
    try checkOptions(select)
    try bindFrom(select)
    try collectAliases(select)
    try collectWindows(select)
    try bindTargets(select)
    var filter: [Expression] = []
    if let node = try select.node("whereClause") {
      let condition = try expressions.condition(
        try expressions.bind(node, in: .filter), of: "WHERE")
      filter = condition.conjuncts
    }
    var having: Expression?
    if let node = try select.node("havingClause") {
      having = try expressions.condition(try expressions.bind(node, in: .having), of: "HAVING")
    }
    try bindGroups(select)
    try bindDistinctOn(select)
    let order = try bindOrder(select)
    let bounds = try bindLimit(select)
    let isGrouped =
      !select.items("groupClause").isEmpty || !expressions.aggregates.isEmpty
      || !expressions.markers.isEmpty || having != nil
    let assembler = try PlanAssembler(
      self, filter: filter, keys: isGrouped ? keys : nil)
    let shape = PlanAssembler.Shape(
      targets: targets, having: having, distinct: isDistinct, distinctOn: distinctOn, order: order,
      offset: bounds.offset, limit: bounds.limit)
    return BoundQuery(
      try assembler.assemble(shape, over: source),
      untyped: targets.filter { !$0.isHidden }.map(\.isUntyped))
  }

  private mutating func checkOptions(_ select: SyntaxNode) throws(SQLError) {
    switch select.string("limitOption") {
    case "LIMIT_OPTION_DEFAULT", "LIMIT_OPTION_COUNT", nil: break
    default: throw Unsupported.error("WITH TIES is", at: select.position, help: "use LIMIT")
    }
    isDistinct = select.items("distinctClause").contains(where: Self.isPlainDistinct)
  }

  /// DISTINCT without ON is an empty node in the list of what it is on.
  private static func isPlainDistinct(_ item: SyntaxValue) -> Bool {
    if case .object(let fields) = item { fields.isEmpty } else { false }
  }

  /// Reads DISTINCT ON, adding hidden targets for what is not in the select list.
  private mutating func bindDistinctOn(_ select: SyntaxNode) throws(SQLError) {
    guard !isDistinct, !select.items("distinctClause").isEmpty else { return }
    var columns: [Int] = []
    for node in try select.nodes("distinctClause") {
      let column = try resultColumn(node, in: .distinctOn)
      if !columns.contains(column) { columns.append(column) }
    }
    distinctOn = columns
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
          name: node.string("name") ?? usual, expression: operand.expression, isHidden: false,
          isUntyped: operand.isUntyped),
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
    var qualifier: String?
    if fields.count == 2, fields[0].kind == "String" {
      qualifier = fields[0].string("sval")
    } else if fields.count != 1 {
      throw Unsupported.error("a name of several parts before .* is", at: node.position)
    }
    for reference in try starred(qualifier, at: node.position) {
      let expression = expressions.refer(to: reference).expression
      try add(
        Target(name: reference.name, expression: expression, isHidden: false), at: node.position)
    }
    return true
  }

  private func starred(
    _ qualifier: String?, at position: Int
  ) throws(SQLError) -> [Reference] {
    let scope = expressions.scope
    let isDerivedOnly = qualifier != nil && qualifier == scope.derived?.table
    var tables = scope.tables
    if let qualifier { tables = isDerivedOnly ? [] : [try scope.table(qualifier, at: position)] }
    var references: [Reference] = []
    for table in tables {
      for (index, column) in table.columns.enumerated()
      where qualifier != nil || !table.merged.contains(index) {
        references.append(
          Reference(
            target: .column(table.first + index), name: column.name, position: position))
      }
    }
    if let derived = scope.derived, qualifier == nil || isDerivedOnly {
      references.append(Reference(target: .expansion, name: derived.column, position: position))
    }
    return references
  }
}
