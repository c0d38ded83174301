extension Relation {
  /// Whether both have the same rows, wherever in the SQL text they are written.
  func isSame(as other: Relation) -> Bool { withoutPositions == other.withoutPositions }

  private var withoutPositions: Relation {
    switch self {
    case .scan(let plan): .scan(plan.withoutPositions)
    case .table: self
    case .select(let plan, let rows):
      .select(plan.withoutPositions, from: rows.withoutPositions)
    case .union(let parts): .union(parts.map(\.withoutPositions))
    case .window(let calls, let rows):
      .window(calls.map(\.withoutPositions), over: rows.withoutPositions)
    }
  }

  fileprivate mutating func forgetPositions() { self = withoutPositions }
}

extension SelectPlan {
  fileprivate var withoutPositions: SelectPlan {
    var plan = mapExpressions(\.withoutPositions)
    for index in joins.indices {
      plan.joins[index].rows.forgetPositions()
      for key in joins[index].keys.indices {
        plan.joins[index].keys[key].table = joins[index].keys[key].table.withoutPositions
      }
    }
    for index in lookups.indices { plan.lookups[index].rows.forgetPositions() }
    for index in output.indices {
      plan.output[index].expression = plan.output[index].expression.withoutPositions
    }
    plan.having = having?.withoutPositions
    for index in plan.grouping?.aggregates.indices ?? 0..<0 {
      plan.grouping?.aggregates[index].position = 0
    }
    return plan
  }
}

extension WindowCall {
  fileprivate var withoutPositions: WindowCall {
    var call = self
    call.position = 0
    call.mapExpressions(\.withoutPositions)
    guard case .aggregate(var aggregate) = call.kind else { return call }
    aggregate.position = 0
    call.kind = .aggregate(aggregate)
    return call
  }
}

extension Expression {
  fileprivate var withoutPositions: Expression {
    switch mapChildren(\.withoutPositions) {
    case .call(let function, let arguments, let type, _):
      .call(function, arguments, type: type, position: 0)
    case .cast(let operand, let type, _): .cast(operand, to: type, position: 0)
    case let other: other
    }
  }
}
