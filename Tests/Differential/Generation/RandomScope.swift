import Columnar
import SQLLogic

/// What FROM offers to expressions.
struct RandomScope {
  /// Something in FROM with columns.
  struct Relation {
    /// What the query calls it.
    var name: String
    var columns: [QueryTable.Column]
    /// Whether the columns are those of a table, so that equal values are written the same.
    var isTable: Bool
    /// Columns that USING shows with those before.
    var shared: Set<String> = []
  }

  var relations: [Relation] = []

  /// The columns, each by one of the names that it has.
  func leaves(_ random: inout SeededGenerator) -> [Node] {
    let isQualified = random.oneIn(relations.count > 1 ? 3 : 10)
    return relations.flatMap { relation in
      relation.columns.map { column in
        let isClear = !isAmbiguous(column.name) || relation.shared.contains(column.name)
        return isQualified || !isClear ? Self.qualified(column, relation) : Self.plain(column)
      }
    }
  }

  /// Keys of ORDER BY by which only rows are equal that are so in all they show.
  var tieBreaker: Node {
    let keys = relations.flatMap { relation in
      relation.columns.map { column in
        let name = Self.qualified(column, relation).text
        let isExact = relation.isTable && column.type != .double
        return isExact ? name : "\(name)::text"
      }
    }
    return Node(keys.joined(separator: ", "), nil)
  }

  private func isAmbiguous(_ name: String) -> Bool {
    relations.count { relation in
      relation.columns.contains { $0.name == name } && !relation.shared.contains(name)
    } > 1
  }

  private static func plain(_ column: QueryTable.Column) -> Node {
    .column(RandomTable.quoted(column.name), column.type)
  }

  private static func qualified(_ column: QueryTable.Column, _ relation: Relation) -> Node {
    .column("\(relation.name).\(RandomTable.quoted(column.name))", column.type)
  }
}
