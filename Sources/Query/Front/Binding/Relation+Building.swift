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

extension SelectPlan {
  /// The same with NULL for the columns of the result that are not in `read`, as far as they decide
  /// nothing about its rows.
  fileprivate func computing(_ read: Set<Int>) -> SelectPlan {
    guard !distinct else { return self }
    let deciding = Set(order.map(\.column) + (distinctOn ?? []))
    var plan = self
    var column = 0
    for index in output.indices where !output[index].hidden {
      defer { column += 1 }
      guard !read.contains(column), !deciding.contains(index) else { continue }
      plan.output[index].expression = .literal(.null, type: output[index].expression.type)
    }
    return grouping == nil ? plan.pruned() : plan
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
    return .select(plan, from: computing(Set(plan.columns)))
  }

  /// The rows with NULL for the columns that nobody reads, so that they cost nothing and cannot fail.
  private func computing(_ read: Set<Int>) -> Relation {
    switch self {
    case .scan(let plan): .scan(plan.computing(read))
    case .select(let plan, let rows): .select(plan.computing(read), from: rows)
    case .table, .union, .window: self
    }
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
