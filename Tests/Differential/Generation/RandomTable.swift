import Columnar
import SQLLogic

/// Makes tables.
enum RandomTable {
  private static let names = [
    "a", "b", "c", "d", "e", "f", "g", "h", "Mixed Case", "col_1", "größe", "k", "m", "n", "p",
  ]

  /// A table of some columns, nearly always with one of each family of types.
  static func make(_ random: inout SeededGenerator) -> QueryTable {
    var types: [ColumnType] = [.integer, .text, random.pick([.double, .numeric])]
    for _ in 0..<random.number(1...6) { types.append(random.pick(ColumnType.allCases)) }
    types.shuffle(using: &random)
    let columns = zip(names.shuffled(using: &random), types).map {
      QueryTable.Column(name: $0, type: $1)
    }
    let pools = types.map { pool(of: $0, &random) }
    let rows = random.oneIn(12) ? 0 : random.number(1...(random.oneIn(4) ? 60 : 16))
    return QueryTable(columns: columns, rows: Self.rows(rows, of: pools, &random))
  }

  /// So many rows of values of the columns' pools, and NULL now and then.
  static func rows(
    _ count: Int, of pools: [[String]], _ random: inout SeededGenerator
  ) -> [[String?]] {
    (0..<count).map { _ in
      pools.map { pool in random.oneIn(6) || pool.isEmpty ? nil : random.pick(pool) }
    }
  }

  /// The values of a column: few, so that rows are equal now and then.
  static func pool(
    of type: ColumnType, _ random: inout SeededGenerator
  ) -> [String] {
    var pool = ValuePool.values(of: type)
    if type == .double, random.oneIn(2) { pool = ValuePool.tameDoubles }
    // Most columns hold values with which arithmetic goes well.
    if ValuePool.isNumber(type), !random.oneIn(4) { pool = pool.filter { $0.utf8.count < 5 } }
    if type == .text, random.oneIn(4) { pool = ValuePool.numberTexts }
    return Array(pool.shuffled(using: &random).prefix(random.number(2...8)))
  }

  /// `name`, in quotes unless it is plain.
  static func quoted(_ name: String) -> String {
    name.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A } ? name : "\"\(name)\""
  }

  /// `text` as a constant without type.
  static func constant(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// The statements that make the table `name` in PostgreSQL.
  static func statements(_ table: QueryTable, named name: String) -> String {
    let columns = table.columns.map { "\(quoted($0.name)) \($0.type.name)" }
    var sql = "DROP TABLE IF EXISTS \(name);\n"
    sql += "CREATE TABLE \(name) (\(columns.joined(separator: ", ")));\n"
    guard !table.rows.isEmpty else { return sql }
    let rows = table.rows.map { row in
      "(" + row.map { $0.map(constant) ?? "NULL" }.joined(separator: ", ") + ")"
    }
    return sql + "INSERT INTO \(name) VALUES\n  \(rows.joined(separator: ",\n  "));\n"
  }
}
