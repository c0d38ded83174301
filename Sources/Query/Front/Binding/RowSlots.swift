import Columnar
import Formats

/// Where the columns that a query mentions stand in a row: those of what drives the query, ascending,
/// the set-returning function's value, and those of each table that is joined.
struct RowSlots {
  /// Indexes of the columns that are read of what drives the query.
  let columns: [Int]
  /// For each further table the indexes of its columns that are read.
  let joined: [[Int]]
  /// The types of the slots.
  let types: [ColumnType]
  private let expansion: Int
  private var slots: [Int: Int] = [:]

  /// The slots for all that was referred to.
  init(_ expressions: ExpressionBinder) {
    let scope = expressions.scope
    var mentioned: Set<Int> = []
    for case .column(let index) in expressions.references.map(\.target) { mentioned.insert(index) }
    var perTable: [[Int]] = []
    for table in scope.tables {
      perTable.append(table.columns.indices.filter { mentioned.contains(table.first + $0) })
    }
    columns = perTable.first ?? []
    joined = Array(perTable.dropFirst())
    expansion = columns.count
    var types = columns.map { scope.columns[$0].type }
    for (slot, column) in columns.enumerated() { slots[column] = slot }
    if expressions.expansion != nil { types.append(.text) }
    for (table, read) in zip(scope.tables.dropFirst(), joined) {
      for column in read {
        slots[table.first + column] = types.count
        types.append(table.columns[column].type)
      }
    }
    self.types = types
  }

  /// The slot of a column or of the set-returning function's value.
  subscript(_ reference: Reference) -> Int {
    switch reference.target {
    case .expansion: return expansion
    case .column(let column):
      guard let slot = slots[column] else {
        preconditionFailure("column \(column) is mentioned and has no slot")
      }
      return slot
    case .aggregate, .window, .marker, .inner:
      preconditionFailure("\(reference.name) is no column of a row")
    }
  }
}
