extension SelectBinder {
  /// Grouping sets a query may have, PostgreSQL's limit.
  private static let maxSets = 4096
  /// Elements of a CUBE, PostgreSQL's limit.
  private static let maxCubeElements = 12

  /// Reads GROUP BY into ``keys``, each once, and ``sets``.
  mutating func bindGroups(_ select: SyntaxNode) throws(SQLError) {
    for node in try select.nodes("groupClause") {
      let added = try bindSets(node)
      // Every set so far with every one of these.
      guard sets.count * added.count <= Self.maxSets else { throw Self.tooMany(node) }
      sets = sets.flatMap { set in added.map { Set(set + $0).sorted() } }
    }
    if select.flag("groupDistinct") {
      var seen: Set<[Int]> = []
      sets = sets.filter { seen.insert($0).inserted }
    }
  }

  private static func tooMany(_ node: SyntaxNode) -> SQLError {
    SQLError(
      position: node.position, "too many grouping sets present (maximum \(maxSets))")
  }

  /// The sets that one item of GROUP BY or of GROUPING SETS stands for.
  private mutating func bindSets(_ node: SyntaxNode) throws(SQLError) -> [[Int]] {
    guard node.kind == "GroupingSet" else { return [try bindList(node)] }
    try node.allow(["kind", "content"])
    let content = try node.nodes("content")
    switch node.string("kind") {
    case "GROUPING_SET_EMPTY": return [[]]
    case "GROUPING_SET_ROLLUP":
      let lists = try bindLists(content)
      guard lists.count < Self.maxSets else { throw Self.tooMany(node) }
      return (0...lists.count).reversed().map { lists.prefix($0).flatMap { $0 } }
    case "GROUPING_SET_CUBE":
      guard content.count <= Self.maxCubeElements else {
        throw SQLError(
          position: node.position, "CUBE is limited to \(Self.maxCubeElements) elements")
      }
      let lists = try bindLists(content)
      // From all elements to none, the first element changing most slowly.
      return (0..<1 << lists.count).reversed().map { mask in
        lists.indices.filter { mask >> (lists.count - 1 - $0) & 1 != 0 }.flatMap { lists[$0] }
      }
    case "GROUPING_SET_SETS":
      var all: [[Int]] = []
      for item in content {
        all += try bindSets(item)
        guard all.count <= Self.maxSets else { throw Self.tooMany(node) }
      }
      return all
    default: throw Unsupported.node(node)
    }
  }

  private mutating func bindLists(_ nodes: [SyntaxNode]) throws(SQLError) -> [[Int]] {
    var lists: [[Int]] = []
    for node in nodes { lists.append(try bindList(node)) }
    return lists
  }

  /// The indexes of the keys that an expression, or a list in parentheses, stands for.
  private mutating func bindList(_ node: SyntaxNode) throws(SQLError) -> [Int] {
    if node.kind == "RowExpr", node.string("row_format") == "COERCE_IMPLICIT_CAST" {
      var indexes: [Int] = []
      for item in try node.nodes("args") { indexes += try bindList(item) }
      return indexes
    }
    let key = try bindKey(node)
    let hasAggregate = expressions.mentions(key) { $0.isOfManyRows }
    if hasAggregate {
      throw SQLError(
        position: node.position, "aggregate functions are not allowed in GROUP BY")
    }
    if let known = keys.firstIndex(where: { expressions.isSame($0, key) }) { return [known] }
    keys.append(key)
    return [keys.count - 1]
  }

  /// As PostgreSQL: a bare name is a column of the input first and one of the result second.
  private mutating func bindKey(_ node: SyntaxNode) throws(SQLError) -> Expression {
    if let index = try ordinal(node, in: .groupBy) { return targets[index].expression }
    if let name = try bareName(node) {
      if try expressions.scope.find(name, at: node.position) == nil,
        let index = try target(named: name, in: .groupBy, at: node.position)
      {
        return targets[index].expression
      }
    }
    return try expressions.bind(node, in: .groupBy).expression
  }

  /// The column of the result that a number in GROUP BY or ORDER BY means; `nil` when `node` is no
  /// constant.
  func ordinal(_ node: SyntaxNode, in clause: Clause) throws(SQLError) -> Int? {
    guard node.kind == "A_Const" else { return nil }
    guard node.value("ival") != nil else {
      throw SQLError(
        position: node.position,
        "non-integer constant in \(clause.name); write a column, or its position in the select "
          + "list")
    }
    let position = expressions.integer(of: node)
    let shown = targets.count { !$0.isHidden }
    guard position >= 1, position <= shown else {
      throw SQLError(
        position: node.position,
        "\(clause.name) position \(position) is not in select list; it has 1 to \(shown)")
    }
    return Int(position) - 1
  }

  /// The name, when `node` is one without a table.
  func bareName(_ node: SyntaxNode) throws(SQLError) -> String? {
    guard node.kind == "ColumnRef" else { return nil }
    let fields = try node.nodes("fields")
    guard fields.count == 1, fields[0].kind == "String" else { return nil }
    return fields[0].string("sval")
  }

  /// The column of the result with this name, or `nil` when there is none.
  ///
  /// - Throws: ``SQLError`` when different ones have it.
  func target(named name: String, in clause: Clause, at position: Int) throws(SQLError) -> Int? {
    let named = targets.indices.filter { !targets[$0].isHidden && targets[$0].name == name }
    guard let first = named.first else { return nil }
    for other in named.dropFirst()
    where !expressions.isSame(targets[first].expression, targets[other].expression) {
      throw SQLError(
        position: position,
        "\(clause.name) \"\(name)\" is ambiguous; the select list has it twice, rename one")
    }
    return first
  }
}
