import Columnar

/// Puts bound clauses together into a plan: references become slots.
struct PlanAssembler {
  private let expressions: ExpressionBinder
  /// The grouping's keys over references, or `nil` without grouping.
  private let keys: [Expression]?
  /// The grouping sets, each the indexes of its keys.
  private let sets: [[Int]]
  /// The input's columns that are mentioned, ascending.
  private let columns: [Int]
  private let slots: [Int: Int]

  init(expressions: ExpressionBinder, keys: [Expression]?, sets: [[Int]]) {
    self.expressions = expressions
    self.keys = keys
    self.sets = sets
    let mentioned = expressions.references.compactMap { reference -> Int? in
      if case .column(let index) = reference.target { index } else { nil }
    }
    columns = Set(mentioned).sorted()
    slots = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
  }

  /// The plan.
  func assemble(
    filter: Expression?, targets: [SelectBinder.Target], having: Expression?, distinct: Bool,
    order: [OrderKey], offset: Int64, limit: Int64?
  ) throws(SQLError) -> SelectPlan {
    var expansion = expressions.expansion
    if let argument = expansion?.argument { expansion?.argument = try overRows(argument) }
    var output: [OutputColumn] = []
    for target in targets {
      output.append(
        OutputColumn(
          name: target.name, expression: try overResult(target.expression),
          hidden: target.isHidden))
    }
    var rowFilter: Expression?
    if let filter { rowFilter = try overRows(filter) }
    var groupFilter: Expression?
    if let having { groupFilter = try overResult(having) }
    return SelectPlan(
      columns: columns, expansion: expansion, filter: rowFilter, grouping: try grouping(),
      output: output, having: groupFilter, distinct: distinct, order: order, offset: offset,
      limit: limit)
  }

  private func grouping() throws(SQLError) -> Grouping? {
    guard let keys else { return nil }
    var grouping = Grouping(keys: [], sets: sets, aggregates: [])
    for key in keys { grouping.keys.append(try overRows(key)) }
    for var call in expressions.aggregates {
      for index in call.arguments.indices {
        call.arguments[index] = try overRows(call.arguments[index])
      }
      if let filter = call.filter { call.filter = try overRows(filter) }
      grouping.aggregates.append(call)
    }
    for marker in expressions.markers { grouping.markers.append(try indexes(of: marker, keys)) }
    return grouping
  }

  private func indexes(
    of marker: ExpressionBinder.Marker, _ keys: [Expression]
  ) throws(SQLError) -> [Int] {
    var indexes: [Int] = []
    for argument in marker.arguments {
      let key = keys.firstIndex { expressions.isSame($0, argument.expression) }
      guard let key else {
        throw SQLError(
          position: argument.position,
          "arguments to GROUPING must be grouping expressions; write one as GROUP BY has it")
      }
      indexes.append(key)
    }
    return indexes
  }

  private func overResult(_ expression: Expression) throws(SQLError) -> Expression {
    guard let keys else { return try overRows(expression) }
    return try overGroups(expression, keys)
  }

  /// References as slots of an input row.
  private func overRows(_ expression: Expression) throws(SQLError) -> Expression {
    guard case .column(let index, let type) = expression else {
      return try expression.mapChildren { child throws(SQLError) in try overRows(child) }
    }
    let reference = expressions.references[index]
    switch reference.target {
    case .column(let column):
      guard let slot = slots[column] else {
        preconditionFailure("column \(column) is mentioned and has no slot")
      }
      return .column(slot: slot, type: type)
    case .expansion: return .column(slot: columns.count, type: type)
    case .aggregate:
      throw SQLError(
        position: reference.position, "aggregate function \(reference.name) is not allowed here")
    case .marker:
      throw SQLError(
        position: reference.position, "grouping operations are not allowed here")
    }
  }

  /// References as slots of a group: whatever equals a key is that key.
  private func overGroups(
    _ expression: Expression, _ keys: [Expression]
  ) throws(SQLError) -> Expression {
    if let key = keys.firstIndex(where: { expressions.isSame($0, expression) }) {
      return .column(slot: key, type: expression.type)
    }
    guard case .column(let index, let type) = expression else {
      return try expression.mapChildren { child throws(SQLError) in
        try overGroups(child, keys)
      }
    }
    let reference = expressions.references[index]
    switch reference.target {
    case .aggregate(let aggregate): return .column(slot: keys.count + aggregate, type: type)
    case .marker(let marker):
      return .column(
        slot: keys.count + expressions.aggregates.count + marker, type: type)
    case .expansion where !expressions.isExpansionNamed:
      throw Unsupported.error(
        "a set-returning function after grouping is", at: reference.position,
        help: "group by it, or make a stage of each")
    case .expansion, .column:
      let name = Scope.quoted(reference.name)
      throw SQLError(
        position: reference.position,
        "column \"\(reference.name)\" must appear in the GROUP BY clause or be used in an "
          + "aggregate function; add it to GROUP BY, or write for example min(\(name))")
    }
  }
}
