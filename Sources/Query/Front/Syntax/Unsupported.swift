/// Names, in the words of SQL, of what the parser accepts and this dialect does not have.
enum Unsupported {
  /// The refusal of `feature`.
  static func error(_ feature: String, at position: Int?, help: String? = nil) -> SQLError {
    SQLError(
      position: position,
      "\(feature) not supported" + (help.map { "; \($0)" } ?? ""))
  }

  /// The refusal of a node.
  static func node(_ node: SyntaxNode) -> SQLError {
    switch node.kind {
    case "A_ArrayExpr", "A_Indices": return error("arrays are", at: node.position)
    case "A_Indirection":
      return error("subscripts and fields of composite values are", at: node.position)
    case "RowExpr": return error("row values are", at: node.position)
    case "ParamRef":
      return error(
        "parameters ($\(node.integer("number") ?? 0)) are", at: node.position,
        help: "write the value, or ${NAME} in the topology for an environment variable")
    case "CollateClause": return error("COLLATE is", at: node.position)
    case "GroupingSet": return error("GROUPING SETS, ROLLUP and CUBE here are", at: node.position)
    case "SQLValueFunction":
      return error(
        "\(valueFunction(node.string("op"))) is", at: node.position,
        help: "a result depends on the input alone; write the value")
    case "NamedArgExpr": return error("named arguments (=>) are", at: node.position)
    case "SetToDefault": return error("DEFAULT is", at: node.position)
    case "RangeTableSample": return error("TABLESAMPLE is", at: node.position)
    case "RangeTableFunc", "XmlExpr", "XmlSerialize": return error("XML is", at: node.position)
    default: return error("\(words(node.kind)) is", at: node.position)
    }
  }

  /// The refusal of a statement that is no SELECT.
  static func statement(_ kind: String, at position: Int) -> SQLError {
    let name = kind.hasSuffix("Stmt") ? String(kind.dropLast(4)) : kind
    return error(
      "\(words(name).uppercased()) statements are", at: position,
      help: "a stage is one SELECT … FROM input")
  }

  /// The refusal of a field of a node.
  static func field(_ field: String, of kind: String, at position: Int) -> SQLError {
    let named = fields["\(kind).\(field)"] ?? fields[field]
    return error(named ?? "\(words(field)) of \(words(kind)) is", at: position)
  }

  private static let fields = [
    "intoClause": "SELECT INTO is",
    "valuesLists": "VALUES is", "lockingClause": "FOR UPDATE and FOR SHARE are",
    "search_clause": "SEARCH is", "cycle_clause": "CYCLE is",
    "func_variadic": "VARIADIC is", "useOp": "ORDER BY … USING is",
    "arrayBounds": "array types are", "setof": "SETOF is", "pct_type": "%TYPE is",
    "indirection": "subscripts are", "ordinality": "WITH ORDINALITY is",
    "is_rowsfrom": "ROWS FROM is", "coldeflist": "a column definition list is",
    "join_using_alias": "an alias of JOIN … USING is", "JoinExpr.alias": "an alias of a join is",
    "RangeVar.schemaname": "a schema name is",
    "RangeVar.catalogname": "a database name is", "bsval": "bit strings (b'…', x'…') are",
  ]

  private static func valueFunction(_ op: String?) -> String {
    guard let op, op.hasPrefix("SVFOP_") else { return "this function of time or user" }
    return String(op.dropFirst(6))
  }

  /// `WindowDef` and `window_def` as `window def`.
  private static func words(_ name: String) -> String {
    var result = ""
    for character in name {
      if character == "_" {
        result.append(" ")
      } else if character.isUppercase {
        if let last = result.last, last.isLowercase { result.append(" ") }
        result.append(character.lowercased())
      } else {
        result.append(character)
      }
    }
    return result
  }
}
