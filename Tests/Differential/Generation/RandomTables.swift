import Columnar
import SQLLogic

/// What queries read: the input and small tables beside it.
struct RandomTables: Equatable {
  /// The name of the input among the tables.
  static let input = "input"

  /// The tables by their names.
  var tables: [String: QueryTable]

  /// The names of the tables beside the input.
  var names: [String] { tables.keys.filter { $0 != Self.input }.sorted() }

  /// The statements that make a table in PostgreSQL.
  func statements(_ name: String) -> String {
    tables[name].map { RandomTable.statements($0, named: name) } ?? ""
  }

  /// An input and one or two tables that share columns with it.
  static func make(_ random: inout SeededGenerator) -> RandomTables {
    let input = RandomTable.make(&random)
    var result = RandomTables(tables: [Self.input: input])
    let names = ["lookup", "labels"]
    for index in 0..<random.number(1...names.count) {
      result.tables[names[index]] = small(index, beside: input, &random)
    }
    return result
  }

  private static func small(
    _ index: Int, beside input: QueryTable, _ random: inout SeededGenerator
  ) -> QueryTable {
    let shared = input.columns.indices.shuffled(using: &random).prefix(random.number(1...2))
    var columns = shared.map { input.columns[$0] }
    var pools: [[String]] = shared.map { column in
      // Mostly values that are in the input.
      let there = input.rows.compactMap { $0[column] }
      let pool = there.isEmpty ? ValuePool.values(of: input.columns[column].type) : there
      return Array(pool.prefix(6))
    }
    for name in [["u", "v", "Other Case"], ["w", "y", "z_2"]][index].prefix(random.number(1...3)) {
      let type = random.pick(ColumnType.allCases)
      columns.append(QueryTable.Column(name: name, type: type))
      pools.append(RandomTable.pool(of: type, &random))
    }
    for (position, column) in shared.enumerated() where random.oneIn(2) {
      pools[position] += RandomTable.pool(of: input.columns[column].type, &random).prefix(2)
    }
    let rows = random.oneIn(12) ? 0 : random.number(1...8)
    return QueryTable(columns: columns, rows: RandomTable.rows(rows, of: pools, &random))
  }
}
