import Columnar

/// Reads the statements that make tables: CREATE TABLE, INSERT … VALUES of constants, DROP TABLE.
struct StatementReader {
  private let tokens: [SQLTokens.Token]
  private var next = 0

  init(_ sql: String) { tokens = SQLTokens(sql).tokens }

  /// Carries the statement out on `tables`.
  mutating func carryOut(on tables: inout [String: QueryTable]) throws(QueryFailure) {
    if take("create") {
      // An index changes nothing about a result.
      if take("index") || (take("unique") && take("index")) { return }
      try expect("table")
      let name = try self.name()
      guard tables[name] == nil else {
        throw mistake("relation \"\(name)\" already exists")
      }
      tables[name] = QueryTable(columns: try columns())
    } else if take("insert") {
      try expect("into")
      let name = try self.name()
      guard var table = tables[name] else {
        throw mistake("relation \"\(name)\" does not exist")
      }
      try insert(into: &table)
      tables[name] = table
    } else if take("drop") {
      try expect("table")
      if take("if") { try expect("exists") }
      tables[try name()] = nil
    } else {
      throw mistake("this statement is not supported")
    }
  }

  private mutating func columns() throws(QueryFailure) -> [QueryTable.Column] {
    var columns: [QueryTable.Column] = []
    try expectSign("(")
    repeat {
      let name = try self.name()
      columns.append(QueryTable.Column(name: name, type: try type()))
      skipConstraint()
    } while takeSign(",")
    try expectSign(")")
    return columns
  }

  private mutating func type() throws(QueryFailure) -> ColumnType {
    let word = try name()
    _ = take("precision")
    if takeSign("(") { while next < tokens.count, !takeSign(")") { next += 1 } }
    var isZoned = word == "timestamptz"
    if take("with") {
      isZoned = true
      try expect("time")
      try expect("zone")
    } else if take("without") {
      try expect("time")
      try expect("zone")
    }
    switch word {
    case "int", "int4", "integer": return .integer
    case "int8", "bigint": return .bigint
    case "double", "float", "float8": return .double
    case "numeric", "decimal": return .numeric
    case "text", "varchar": return .text
    case "bool", "boolean": return .boolean
    case "timestamp", "timestamptz": return isZoned ? .timestamptz : .timestamp
    default:
      guard let type = ColumnType.allCases.first(where: { $0.name == word }) else {
        throw mistake("type \"\(word)\" is not supported")
      }
      return type
    }
  }

  private mutating func skipConstraint() {
    while next < tokens.count, tokens[next].kind != .sign { next += 1 }
  }

  private mutating func insert(into table: inout QueryTable) throws(QueryFailure) {
    var places = Array(table.columns.indices)
    if takeSign("(") {
      places = []
      repeat {
        let name = try self.name()
        guard let place = table.columns.firstIndex(where: { $0.name == name }) else {
          throw mistake("column \"\(name)\" does not exist")
        }
        places.append(place)
      } while takeSign(",")
      try expectSign(")")
    }
    try expect("values")
    repeat {
      try expectSign("(")
      var row = [String?](repeating: nil, count: table.columns.count)
      for (index, place) in places.enumerated() {
        if index > 0 { try expectSign(",") }
        row[place] = try value()
      }
      try expectSign(")")
      table.rows.append(row)
    } while takeSign(",")
  }

  /// A constant: a number, a text, TRUE, FALSE or NULL, perhaps with a type before or after it.
  private mutating func value() throws(QueryFailure) -> String? {
    if take("null") { return nil }
    let sign = takeSign("-") ? "-" : ""
    while next + 1 < tokens.count, tokens[next].kind == .word, tokens[next + 1].kind != .sign {
      next += 1
    }
    guard next < tokens.count, tokens[next].kind != .sign else {
      throw mistake("a value is no constant")
    }
    let value = sign + tokens[next].value
    next += 1
    if takeSign(":") {
      try expectSign(":")
      _ = try type()
    }
    return value
  }

  private mutating func name() throws(QueryFailure) -> String {
    guard next < tokens.count, tokens[next].isName else { throw mistake("a name is missing") }
    next += 1
    return tokens[next - 1].value
  }

  private mutating func take(_ word: String) -> Bool {
    guard next < tokens.count, tokens[next].isWord(word) else { return false }
    next += 1
    return true
  }

  private mutating func takeSign(_ sign: String) -> Bool {
    guard next < tokens.count, tokens[next].isSign(sign) else { return false }
    next += 1
    return true
  }

  private mutating func expect(_ word: String) throws(QueryFailure) {
    guard take(word) else { throw mistake("\(word.uppercased()) is missing") }
  }

  private mutating func expectSign(_ sign: String) throws(QueryFailure) {
    guard takeSign(sign) else { throw mistake("\(sign) is missing") }
  }

  private func mistake(_ message: String) -> QueryFailure {
    QueryFailure(isRefusal: true, message: message)
  }
}
