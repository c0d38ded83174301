import Columnar

/// Divides the conditions of a query among its joins: what is equal becomes a key, what a table alone
/// decides filters the table, and what is left filters the joined rows.
struct JoinAssembler {
  private(set) var joins: [JoinPlan] = []
  /// What filters the rows after all joins, over slots.
  private(set) var filter: [Expression] = []
  private let expressions: ExpressionBinder
  private let slots: RowSlots
  private var pool: [Expression]

  /// - Parameter conditions: WHERE and the conditions of inner joins, over the references.
  init(_ binder: SelectBinder, slots: RowSlots, conditions: [Expression]) throws(SQLError) {
    expressions = binder.expressions
    self.slots = slots
    pool = conditions
    for draft in binder.joins { joins.append(try join(draft)) }
    for condition in pool {
      try refuseAggregates(condition)
      filter.append(overSlots(condition))
    }
  }

  private mutating func join(_ draft: JoinDraft) throws(SQLError) -> JoinPlan {
    var plan = JoinPlan(
      kind: draft.kind, rows: draft.rows, columns: slots.joined[draft.table - 1], keys: [],
      condition: nil)
    var own = draft.conditions
    if draft.kind == .inner {
      // What mentions nothing but this table and those before can be decided here.
      let all = pool
      own += all.filter { belongs($0, to: draft.table) }
      pool = all.filter { !belongs($0, to: draft.table) }
    }
    var onTable: [Expression] = []
    var rest: [Expression] = []
    for condition in own {
      if tables(condition) == [draft.table], !hasLookup(condition) {
        onTable.append(overTable(condition, draft.table))
      } else if let key = key(condition, draft.table) {
        plan.keys.append(key)
      } else {
        rest.append(overSlots(condition))
      }
    }
    plan.condition = Expression.conjunction(rest)
    if let condition = Expression.conjunction(onTable) {
      var filtered = SelectPlan(identityOf: draft.rows.columns)
      filtered.filter = condition
      plan.rows = draft.rows.refined(by: filtered)
    }
    return plan
  }

  /// An equality of something of the table with something of the rows before.
  private func key(_ condition: Expression, _ table: Int) -> JoinPlan.Key? {
    guard case .call(.equal, let sides, _, _) = condition, sides.count == 2 else { return nil }
    for (row, other) in [(sides[0], sides[1]), (sides[1], sides[0])]
    where tables(other) == [table] && !tables(row).contains(table) && !hasLookup(other) {
      return JoinPlan.Key(row: overSlots(row), table: overTable(other, table))
    }
    return nil
  }

  private func belongs(_ condition: Expression, to table: Int) -> Bool {
    let mentioned = tables(condition)
    // The set-returning function's value is there only once what it reads is joined.
    if mentioned.contains(-1), table <= lastExpanded { return false }
    return mentioned.contains(table) && mentioned.allSatisfy { $0 <= table }
      && !expressions.mentions(condition) { $0.isOfManyRows }
  }

  /// The last table that the set-returning function reads.
  private var lastExpanded: Int {
    expressions.expansion.flatMap { tables($0.argument).max() } ?? 0
  }

  /// The tables that a condition mentions; -1 stands for the set-returning function.
  private func tables(_ expression: Expression) -> Set<Int> {
    if case .column(let index, _) = expression {
      switch expressions.references[index].target {
      case .column(let column):
        let table = expressions.scope.tables.lastIndex { $0.first <= column && !$0.columns.isEmpty }
        return [table ?? 0]
      default: return [-1]
      }
    }
    return expression.children.reduce(into: []) { $0.formUnion(tables($1)) }
  }

  private func hasLookup(_ expression: Expression) -> Bool {
    if case .lookup = expression { return true }
    return expression.children.contains(where: hasLookup)
  }

  private func refuseAggregates(_ expression: Expression) throws(SQLError) {
    guard case .column(let index, _) = expression else {
      for child in expression.children { try refuseAggregates(child) }
      return
    }
    if case .aggregate = expressions.references[index].target {
      let reference = expressions.references[index]
      throw SQLError(
        position: reference.position, "aggregate function \(reference.name) is not allowed here")
    }
  }

  private func overSlots(_ expression: Expression) -> Expression {
    expression.mapSlots { index, type in
      .column(slot: slots[expressions.references[index]], type: type)
    }
  }

  private func overTable(_ expression: Expression, _ table: Int) -> Expression {
    let first = expressions.scope.tables[table].first
    return expression.mapSlots { index, type in
      guard case .column(let column) = expressions.references[index].target else {
        preconditionFailure("only columns of the table are mentioned")
      }
      return .column(slot: column - first, type: type)
    }
  }
}
