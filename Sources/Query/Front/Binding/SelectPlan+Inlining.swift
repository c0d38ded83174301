import Columnar

/// Two SELECTs, one over the other's rows, as one.
extension SelectPlan {
  /// This SELECT written over what `inner` reads, or `nil` where the two have to stay apart.
  func inlining(_ inner: SelectPlan) -> SelectPlan? {
    guard inner.isRowWise, inner.limit == nil, inner.offset == 0 else { return nil }
    if inner.expansion != nil, expansion != nil { return nil }
    // The set would have to be made before what it is made of is there.
    if !inner.joins.isEmpty, expansion != nil { return nil }
    let inlining = Inlining(self, inner)
    guard inlining.size <= SQLError.maxExpressionParts else { return nil }
    return inlining.plan.pruned()
  }

  /// The same without the columns that nothing mentions.
  func pruned() -> SelectPlan {
    var used: Set<Int> = []
    _ = mapExpressions { expression in
      used.formUnion(expression.slots)
      return expression
    }
    let kept = columns.indices.filter(used.contains)
    if kept.count == columns.count { return self }
    var slots = [Int](repeating: 0, count: columns.count)
    for (slot, old) in kept.enumerated() { slots[old] = slot }
    let shift = columns.count - kept.count
    var pruned = mapExpressions { expression in
      expression.mapSlots { slot, type in
        .column(slot: slot < columns.count ? slots[slot] : slot - shift, type: type)
      }
    }
    pruned.columns = kept.map { columns[$0] }
    return pruned
  }

  /// The plan with every expression over input rows replaced; those over groups stay.
  func mapExpressions(_ transform: (Expression) -> Expression) -> SelectPlan {
    var plan = self
    if let argument = expansion?.argument { plan.expansion?.argument = transform(argument) }
    for index in joins.indices {
      plan.joins[index].keys = joins[index].keys.map {
        JoinPlan.Key(row: transform($0.row), table: $0.table)
      }
      plan.joins[index].condition = joins[index].condition.map(transform)
    }
    plan.filter = filter.map(transform)
    guard var grouping else {
      plan.output = output.map {
        OutputColumn(name: $0.name, expression: transform($0.expression), hidden: $0.hidden)
      }
      return plan
    }
    grouping.mapExpressions(transform)
    plan.grouping = grouping
    return plan
  }
}

extension Grouping {
  /// Replaces every expression over input rows.
  mutating func mapExpressions(_ transform: (Expression) -> Expression) {
    keys = keys.map(transform)
    for index in aggregates.indices {
      aggregates[index].arguments = aggregates[index].arguments.map(transform)
      aggregates[index].filter = aggregates[index].filter.map(transform)
    }
  }
}

extension Expression {
  /// The expression with every slot replaced.
  func mapSlots(_ replacement: (Int, ColumnType) -> Expression) -> Expression {
    if case .column(let slot, let type) = self { return replacement(slot, type) }
    return mapChildren { $0.mapSlots(replacement) }
  }

  /// The expression with the indexes of its sub-queries moved by `shift`.
  func shiftingLookups(by shift: Int) -> Expression {
    let mapped = mapChildren { $0.shiftingLookups(by: shift) }
    guard case .lookup(let index, let operands, let type) = mapped else { return mapped }
    return .lookup(index + shift, operands, type: type)
  }
}

/// The outer SELECT over the slots of the inner one.
private struct Inlining {
  private(set) var plan: SelectPlan
  /// Parts of all expressions.
  private(set) var size = 0

  init(_ outer: SelectPlan, _ inner: SelectPlan) {
    let values = inner.visibleOutput.map(\.expression)
    // The inner slots: columns, the set, joins. The outer set and joins come after them.
    let width = inner.slotCount
    let lookups = inner.lookups.count
    var size = 0
    plan = outer.mapExpressions { expression in
      let mapped = expression.shiftingLookups(by: lookups).mapSlots { slot, type in
        slot < outer.columns.count
          ? values[outer.columns[slot]]
          : .column(slot: width + slot - outer.columns.count, type: type)
      }
      size += mapped.size(limit: SQLError.maxExpressionParts)
      return mapped
    }
    plan.columns = inner.columns
    plan.expansion = plan.expansion ?? inner.expansion
    plan.joins = inner.joins + plan.joins
    plan.lookups = inner.lookups + outer.lookups
    if let before = inner.filter {
      plan.filter = plan.filter.map { .and(before.conjuncts + $0.conjuncts) } ?? before
    }
    // Over groups only the sub-queries move; the slots are keys and aggregates.
    if outer.grouping != nil {
      plan.output = plan.output.map {
        OutputColumn(
          name: $0.name, expression: $0.expression.shiftingLookups(by: lookups), hidden: $0.hidden)
      }
      plan.having = plan.having?.shiftingLookups(by: lookups)
    }
    self.size = size
  }
}

extension SelectPlan {
  /// The slots of an input row: the columns, the set-returning function's value, those of the joins.
  var slotCount: Int {
    columns.count + (expansion == nil ? 0 : 1) + joins.reduce(0) { $0 + $1.columns.count }
  }
}

extension Expression {
  /// The conditions that must all be true for this one to be.
  var conjuncts: [Expression] {
    guard case .and(let operands) = self else { return [self] }
    return operands.flatMap(\.conjuncts)
  }

  /// The condition that all of `conditions` are true, or `nil` for none.
  static func conjunction(_ conditions: [Expression]) -> Expression? {
    conditions.count > 1 ? .and(conditions) : conditions.first
  }
}
