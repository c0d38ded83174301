import Columnar

/// Names of types in SQL.
enum TypeName {
  /// The type a name stands for, in lower case and with the parser's internal names.
  static func type(named name: String) -> ColumnType? { types[name] }

  /// Names a user may write, for suggestions.
  static let known = [
    "boolean", "integer", "bigint", "double precision", "numeric", "text", "date", "timestamp",
    "timestamptz", "interval",
  ]

  private static let types: [String: ColumnType] = [
    "bool": .boolean, "boolean": .boolean, "int4": .integer, "int": .integer,
    "integer": .integer, "int8": .bigint, "bigint": .bigint, "float8": .double,
    "numeric": .numeric, "decimal": .numeric, "text": .text, "varchar": .text, "date": .date,
    "timestamp": .timestamp, "timestamptz": .timestamptz, "interval": .interval,
  ]

  /// Types of PostgreSQL that are refused, with what to use instead.
  private static let refused: [String: String] = [
    "int2": "smallint is not supported; use integer",
    "smallint": "smallint is not supported; use integer",
    "float4": "real is not supported; use double precision",
    "bpchar": "character(n) is not supported; use text",
    "char": "\"char\" is not supported; use text",
    "name": "name is not supported; use text",
    "time": "time of day is not supported; use timestamp, or text",
    "timetz": "time of day is not supported; use timestamptz, or text",
    "bytea": "bytea is not supported; use text", "json": "json is not supported; use text",
    "jsonb": "jsonb is not supported; use text", "uuid": "uuid is not supported; use text",
    "money": "money is not supported; use numeric",
    "bit": "bit strings are not supported", "varbit": "bit strings are not supported",
    "xml": "xml is not supported; use text",
  ]

  /// Reads a TypeName node; the modifier of a time or an interval is left to the caller.
  ///
  /// - Throws: ``SQLError`` for a type that is unknown or not supported.
  static func bind(_ node: SyntaxNode) throws(SQLError) -> ColumnType {
    try node.allow(["names", "typmods", "typemod"])
    let names = try node.names("names")
    guard names.count == 1 || (names.count == 2 && names[0] == "pg_catalog"),
      let name = names.last
    else {
      throw SQLError(
        position: node.position, "type \"\(names.joined(separator: "."))\" does not exist")
    }
    if let message = refused[name] { throw SQLError(position: node.position, message) }
    guard let type = types[name] else {
      let help =
        Suggestion.nearest(to: name, in: known).map { "did you mean \($0)?" }
        ?? "there are \(known.joined(separator: ", "))"
      throw SQLError(position: node.position, "type \"\(name)\" does not exist; \(help)")
    }
    let takesModifier = [.timestamp, .timestamptz, .interval].contains(type)
    guard takesModifier || node.items("typmods").isEmpty else {
      throw modifier(name, type, at: node.position)
    }
    return type
  }

  private static func modifier(_ name: String, _ type: ColumnType, at position: Int) -> SQLError {
    let help =
      switch type {
      case .numeric: "use numeric and round(value, digits)"
      case .text: "use text and left(value, characters)"
      default: "use \(type.name) without it"
      }
    return SQLError(
      position: position, "a length or precision of type \(name) is not supported; \(help)")
  }
}
