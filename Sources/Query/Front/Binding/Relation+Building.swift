import Columnar
import Formats

extension SelectPlan {
  /// All columns of rows as they are.
  init(identityOf columns: [InputColumn]) {
    self.init(
      columns: Array(columns.indices), expansion: nil, filter: nil, grouping: nil,
      output: columns.enumerated().map { index, column in
        OutputColumn(
          name: column.name, expression: .column(slot: index, type: column.type), hidden: false)
      }, having: nil, distinct: false, order: [], offset: 0, limit: nil)
  }
}

extension Relation {
  /// What `plan`, a SELECT over the rows of this relation, gives: one SELECT over the input where the
  /// two can be written as one, so that workers do all of it.
  func refined(by plan: SelectPlan) -> Relation {
    switch self {
    case .scan(let inner):
      if let one = plan.inlining(inner) { return .scan(one) }
    case .select(let inner, let rows):
      if let one = plan.inlining(inner) { return .select(one, from: rows) }
    default: break
    }
    return .select(plan, from: self)
  }

  /// The rows with other names for the first columns.
  ///
  /// - Throws: ``SQLError`` when there are more names than columns.
  func renaming(
    _ names: [String], of table: String, at position: Int
  ) throws(SQLError) -> Relation {
    if names.isEmpty { return self }
    let columns = columns
    guard names.count <= columns.count else {
      throw SQLError(
        position: position,
        "table \"\(table)\" has \(columns.count) column\(columns.count == 1 ? "" : "s") available "
          + "but \(names.count) columns specified")
    }
    var plan = SelectPlan(identityOf: columns)
    for (index, name) in names.enumerated() { plan.output[index].name = name }
    return refined(by: plan)
  }
}
