import Columnar

/// Puts bound clauses together into relations: references become slots.
struct PlanAssembler {
  /// What a SELECT makes of its rows.
  struct Shape {
    var targets: [SelectBinder.Target]
    var having: Expression?
    var distinct: Bool
    var distinctOn: [Int]?
    var order: [OrderKey]
    var offset: Int64
    var limit: Int64?
  }

  let expressions: ExpressionBinder
  /// The grouping's keys over references, or `nil` without grouping.
  private let keys: [Expression]?
  /// The grouping sets, each the indexes of its keys.
  private let sets: [[Int]]
  let slots: RowSlots
  private let joins: JoinAssembler

  /// - Parameter filter: the conditions of WHERE.
  init(_ binder: SelectBinder, filter: [Expression], keys: [Expression]?) throws(SQLError) {
    expressions = binder.expressions
    self.keys = keys
    sets = binder.sets
    slots = RowSlots(expressions)
    joins = try JoinAssembler(
      binder, slots: slots, conditions: filter + binder.joinConditions)
  }

  /// The rows of the SELECT over those of `source`, or over the input where that is `nil`.
  func assemble(_ shape: Shape, over source: Relation?) throws(SQLError) -> Relation {
    var plan = SelectPlan(
      columns: slots.columns, expansion: expressions.expansion, filter: nil,
      grouping: try grouping(), output: [], having: nil, distinct: false, order: [], offset: 0,
      limit: nil, joins: joins.joins, lookups: expressions.lookups)
    if let argument = plan.expansion?.argument { plan.expansion?.argument = try overRows(argument) }
    plan.filter = Expression.conjunction(joins.filter)
    if let having = shape.having { plan.having = try overResult(having) }
    guard !expressions.windows.isEmpty else {
      try finish(&plan, shape)
      return Self.rows(of: plan, over: source)
    }
    return try windowed(plan, shape, over: source)
  }

  private static func rows(of plan: SelectPlan, over source: Relation?) -> Relation {
    guard let source else { return .scan(plan) }
    return source.refined(by: plan)
  }

  private func finish(_ plan: inout SelectPlan, _ shape: Shape) throws(SQLError) {
    for target in shape.targets {
      plan.output.append(
        OutputColumn(
          name: target.name, expression: try overResult(target.expression),
          hidden: target.isHidden))
    }
    plan.distinct = shape.distinct
    plan.distinctOn = shape.distinctOn
    plan.order = shape.order
    plan.offset = shape.offset
    plan.limit = shape.limit
  }

  /// Three relations: all that the window functions and the result are made from, the window
  /// functions, and the result. All have the same slots, to which the window functions are added.
  private func windowed(
    _ plan: SelectPlan, _ shape: Shape, over source: Relation?
  ) throws(SQLError) -> Relation {
    var base = plan
    base.output = resultTypes.enumerated().map { slot, type in
      OutputColumn(
        name: "c\(slot + 1)", expression: .column(slot: slot, type: type), hidden: false)
    }
    var calls: [WindowCall] = []
    for (index, var call) in expressions.windows.enumerated() {
      call.name = "w\(index + 1)"
      try call.mapExpressions { expression throws(SQLError) in try overResult(expression) }
      calls.append(call)
    }
    let rows = Relation.window(calls, over: Self.rows(of: base, over: source))
    var result = SelectPlan(identityOf: rows.columns)
    result.output = []
    result.lookups = expressions.lookups
    try finish(&result, shape)
    return .select(result.pruned(), from: rows)
  }

  /// The types of the slots that the result is made from, before window functions.
  private var resultTypes: [ColumnType] {
    guard let keys else { return slots.types }
    return keys.map(\.type) + expressions.aggregates.map(\.type)
      + expressions.markers.map { _ in .integer }
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
          "arguments to GROUPING must be grouping expressions of the associated query level; "
            + "write one as GROUP BY has it")
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
    case .window(let window): return .column(slot: slots.types.count + window, type: type)
    case .aggregate:
      throw SQLError(
        position: reference.position, "aggregate function \(reference.name) is not allowed here")
    case .marker:
      throw SQLError(
        position: reference.position, "grouping operations are not allowed here")
    default: return .column(slot: slots[reference], type: type)
    }
  }

  /// References as slots of a group: whatever equals a key is that key, inside a sub-query only where
  /// it is a column.
  private func overGroups(
    _ expression: Expression, _ keys: [Expression], isInSubquery: Bool = false
  ) throws(SQLError) -> Expression {
    if let key = keys.firstIndex(where: { expressions.isSame($0, expression) }),
      !isInSubquery || keys[key].isColumn
    {
      return .column(slot: key, type: expression.type)
    }
    guard case .column(let index, let type) = expression else {
      let isInSubquery = isInSubquery || expressions.isExists(expression)
      return try expression.mapChildren { child throws(SQLError) in
        try overGroups(child, keys, isInSubquery: isInSubquery)
      }
    }
    let reference = expressions.references[index]
    switch reference.target {
    case .aggregate(let aggregate): return .column(slot: keys.count + aggregate, type: type)
    case .marker(let marker):
      return .column(
        slot: keys.count + expressions.aggregates.count + marker, type: type)
    case .window(let window): return .column(slot: resultTypes.count + window, type: type)
    case .expansion where !expressions.isExpansionNamed:
      throw Unsupported.error(
        "a set-returning function after grouping is", at: reference.position,
        help: "group by it, or make a stage of each")
    case .expansion, .column, .inner:
      let name = Scope.quoted(reference.name)
      let full = expressions.scope.qualifiedName(of: reference)
      if isInSubquery {
        throw SQLError(
          position: reference.position,
          "subquery uses ungrouped column \"\(full)\" from outer query; add it to GROUP BY")
      }
      throw SQLError(
        position: reference.position,
        "column \"\(full)\" must appear in the GROUP BY clause or be used in an "
          + "aggregate function; add it to GROUP BY, or write for example min(\(name))")
    }
  }
}

extension WindowCall {
  /// Replaces every expression over the rows; bounds of the frame are constants.
  mutating func mapExpressions<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) {
    for index in arguments.indices { arguments[index] = try transform(arguments[index]) }
    for index in partition.indices { partition[index] = try transform(partition[index]) }
    for index in order.indices { order[index].expression = try transform(order[index].expression) }
    guard case .aggregate(var call) = kind else { return }
    for index in call.arguments.indices {
      call.arguments[index] = try transform(call.arguments[index])
    }
    if let filter = call.filter { call.filter = try transform(filter) }
    kind = .aggregate(call)
  }
}
