import Columnar
import Formats

/// Turns nodes of the parse tree into typed expressions.
struct ExpressionBinder {
  /// What the query is bound with.
  let context: QueryContext
  /// The SQL text's bytes.
  var source: [UInt8] { context.source }
  /// The names that can be used.
  var scope: Scope
  /// Mentions of columns, of the set-returning function and of aggregates; a column's slot in a
  /// bound expression is an index into these.
  var references: [Reference] = []
  /// The aggregates, each once, over the references.
  var aggregates: [AggregateCall] = []
  /// The window functions, each once, over the references.
  var windows: [WindowCall] = []
  /// The definitions of WINDOW by name.
  var namedWindows: [(name: String, definition: SyntaxNode)] = []
  /// The sub-queries over tables, each over the columns of its own rows.
  var lookups: [Lookup] = []
  /// The `GROUPING(…)` calls, each once.
  var markers: [Marker] = []
  /// The set-returning function, its argument over the references.
  var expansion: Expansion?
  /// Whether the set-returning function stands in FROM, where only its name refers to it.
  var isExpansionNamed = false
  /// The part of the SELECT that is being bound.
  var clause = Clause.selectList
  /// Whether an aggregate's argument is being bound.
  var isInAggregate = false
  /// Whether a window function's argument or definition is being bound.
  var isInWindow = false
  /// The construct around, such as CASE, that evaluates its parts only where needed.
  var conditional: String?
  private var depth = 0
  private var copiedParts = 0

  init(context: QueryContext) {
    self.context = context
    scope = Scope()
  }

  /// Binds an expression as part of `clause`.
  mutating func bind(_ node: SyntaxNode, in clause: Clause) throws(SQLError) -> Operand {
    self.clause = clause
    isInAggregate = false
    conditional = nil
    return try bind(node)
  }

  /// Binds an expression.
  mutating func bind(_ node: SyntaxNode) throws(SQLError) -> Operand {
    guard depth < SQLError.maxExpressionDepth else {
      throw SQLError.nestedTooDeep(at: node.position)
    }
    depth += 1
    defer { depth -= 1 }
    switch node.kind {
    case "ColumnRef": return try bindColumn(node)
    case "A_Const": return try bindConstant(node)
    case "TypeCast": return try bindCast(node)
    case "A_Expr": return try bindOperator(node)
    case "BoolExpr": return try bindLogic(node)
    case "NullTest": return try bindNullTest(node)
    case "BooleanTest": return try bindBooleanTest(node)
    case "CaseExpr": return try bindCase(node)
    case "CoalesceExpr": return try bindCoalesce(node)
    case "MinMaxExpr": return try bindGreatest(node)
    case "GroupingFunc": return try bindGrouping(node)
    case "FuncCall": return try bindCall(node)
    case "SubLink": return try bindSubquery(node)
    default: throw Unsupported.node(node)
    }
  }

  /// Binds the node in a field that must be there.
  mutating func bind(_ field: String, of node: SyntaxNode) throws(SQLError) -> Operand {
    guard let inner = try node.node(field) else {
      throw SQLError(position: node.position, "the SQL parser's \(node.kind) has no \(field)")
    }
    return try bind(inner)
  }

  /// Binds the nodes in a field that is a list.
  mutating func bindAll(_ field: String, of node: SyntaxNode) throws(SQLError) -> [Operand] {
    var operands: [Operand] = []
    for inner in try node.nodes(field) { operands.append(try bind(inner)) }
    return operands
  }

  /// Binds parts that are evaluated only where needed.
  mutating func bindConditionally<Result>(
    _ name: String, _ body: (inout ExpressionBinder) throws(SQLError) -> Result
  ) throws(SQLError) -> Result {
    let outer = conditional
    conditional = name
    defer { conditional = outer }
    return try body(&self)
  }

  /// Counts `copies` more of `operand`, which nested BETWEEN and CASE could otherwise double without
  /// end.
  mutating func copy(_ operand: Operand, times copies: Int) throws(SQLError) {
    let size = operand.expression.size(limit: SQLError.maxExpressionParts)
    let (parts, overflow) = size.multipliedReportingOverflow(by: copies)
    copiedParts += overflow ? SQLError.maxExpressionParts : parts
    guard copiedParts < SQLError.maxExpressionParts else {
      throw SQLError(
        position: operand.position,
        "the expression is too large once BETWEEN, IN and CASE are written out; "
          + "split it over two stages")
    }
  }

  private mutating func bindColumn(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["fields"])
    if try node.nodes("fields").contains(where: { $0.kind == "A_Star" }) {
      throw Unsupported.error("* inside an expression is", at: node.position)
    }
    let names = try node.names("fields")
    guard let name = names.last, names.count <= 2 else {
      throw Unsupported.error(
        "a name of \(names.count) parts is", at: node.position, help: "write input.column")
    }
    let qualifier = names.count == 2 ? names[0] : nil
    return refer(to: try scope.resolve(qualifier, name, at: node.position))
  }

  /// Notes a mention and gives the expression for it.
  mutating func refer(to reference: Reference) -> Operand {
    let type: ColumnType =
      switch reference.target {
      case .column(let index): scope.columns[index].type
      case .expansion: .text
      case .aggregate(let index): aggregates[index].type
      case .window(let index): windows[index].type
      case .inner: preconditionFailure("a sub-query's columns are bound already")
      case .marker: .integer
      }
    references.append(reference)
    return Operand(
      .column(slot: references.count - 1, type: type), at: reference.position)
  }
}
