import Columnar
import Formats

/// Brings the parts of a UNION to the same columns.
struct UnionBinder {
  private let parts: [(query: BoundQuery, position: Int)]

  init(_ parts: [(query: BoundQuery, position: Int)]) { self.parts = parts }

  /// The rows of all parts, only distinct ones unless `isAll`.
  ///
  /// - Throws: ``SQLError`` when their columns do not match.
  func relation(isAll: Bool) throws(SQLError) -> Relation {
    let names = parts[0].query.columns.map(\.name)
    for (query, position) in parts where query.columns.count != names.count {
      throw SQLError(
        position: position, "each UNION query must have the same number of columns")
    }
    var types: [ColumnType] = []
    for column in names.indices { types.append(try type(of: column)) }
    var rows: [Relation] = []
    for (query, position) in parts {
      let part = try query.converted(to: types, names: names, at: position)
      if isAll, case .union(let inner) = part { rows += inner } else { rows.append(part) }
    }
    let all = Relation.union(rows)
    guard !isAll else { return all }
    var distinct = SelectPlan(identityOf: all.columns)
    distinct.distinct = true
    return .select(distinct, from: all)
  }

  private func type(of column: Int) throws(SQLError) -> ColumnType {
    let typed = parts.filter { !$0.query.untyped[column] }
    switch TypeRules.common(typed.map { $0.query.columns[column].type }) {
    case .type(let type): return type
    case .mismatch(let index, let type):
      throw SQLError(
        position: typed[index].position,
        "UNION types \(type.name) and \(typed[index].query.columns[column].type.name) cannot be "
          + "matched; add a cast, such as CAST(… AS \(type.name))")
    }
  }
}

extension BoundQuery {
  /// The rows with columns of these types and names.
  fileprivate func converted(
    to types: [ColumnType], names: [String], at position: Int
  ) throws(SQLError) -> Relation {
    let own = relation.columns
    if own.map(\.type) == types, own.map(\.name) == names { return relation }
    var plan = SelectPlan(identityOf: own)
    for index in types.indices {
      plan.output[index].name = names[index]
      guard own[index].type != types[index] else { continue }
      plan.output[index].expression =
        untyped[index]
        ? try constant(index, as: types[index], at: position)
        : .cast(plan.output[index].expression, to: types[index], position: position)
    }
    return relation.refined(by: plan)
  }

  /// A quoted constant of one of the columns, which is the same in every row.
  private func constant(
    _ column: Int, as type: ColumnType, at position: Int
  ) throws(SQLError) -> Expression {
    let output: [OutputColumn] =
      switch relation {
      case .scan(let plan), .select(let plan, _): plan.visibleOutput
      default: []
      }
    guard output.indices.contains(column), case .literal(let literal, _) = output[column].expression
    else {
      return .cast(
        .column(slot: column, type: relation.columns[column].type), to: type, position: position)
    }
    guard let converted = literal.converted(from: .text, to: type) else {
      throw SQLError(
        position: position,
        "invalid input syntax for type \(type.name) in a column of UNION; "
          + "write \(Literal.example(of: type))")
    }
    return .literal(converted, type: type)
  }
}
