import Columnar

extension ExpressionBinder {
  mutating func bindAggregate(
    _ entry: AggregateCatalog.Entry, _ name: String, _ node: SyntaxNode
  ) throws(SQLError) -> Operand {
    try checkPlace(node)
    let call = try aggregateCall(entry, name, node)
    let index = try aggregateIndex(of: call)
    return refer(
      to: Reference(target: .aggregate(index), name: name, position: node.position))
  }

  /// The call of an aggregate, its arguments and its filter bound.
  mutating func aggregateCall(
    _ entry: AggregateCatalog.Entry, _ name: String, _ node: SyntaxNode
  ) throws(SQLError) -> AggregateCall {
    // A window's argument may hold aggregates: those of the groups that the window looks at.
    isInAggregate = !isInWindow
    defer { isInAggregate = false }
    var call = AggregateCall(
      function: entry.function, arguments: [], distinct: node.flag("agg_distinct"), filter: nil,
      type: .bigint, position: node.position)
    var operands = try bindAll("args", of: node)
    var sorting: [(operand: Operand, key: OrderKey)] = []
    for item in try node.sortItems("agg_order") {
      let key = OrderKey(
        column: sorting.count, descending: item.isDescending, nullsFirst: item.nullsFirst)
      sorting.append((try bind(item.value), key))
    }
    if let filter = try node.node("agg_filter") {
      let outer = clause
      clause = .aggregateFilter
      isInAggregate = false
      defer { clause = outer }
      call.filter = try condition(try bind(filter), of: "FILTER")
    }
    try checkKind(entry.function, name, node)
    if entry.function.isOrderedSet { operands += sorting.map(\.operand) }
    if node.flag("agg_star") {
      guard entry.function == .count else {
        throw SQLError(
          position: node.position, "function \(name)() does not exist; only count takes *")
      }
      call.function = .countStar
    } else {
      try bindArguments(operands, of: entry, name, into: &call)
    }
    if entry.function.isOrderedSet {
      // The one argument is what is sorted by.
      call.order = sorting.prefix(1).map(\.key)
    } else {
      try bindOrder(sorting, into: &call)
    }
    return call
  }

  private func checkPlace(_ node: SyntaxNode) throws(SQLError) {
    if isInAggregate {
      throw SQLError(
        position: node.position,
        "aggregate function calls cannot be nested; make a stage of the inner one")
    }
    guard clause.allowsAggregates else {
      let help = clause == .filter ? "; put the condition into HAVING" : ""
      throw SQLError(
        position: node.position,
        "aggregate functions are not allowed in \(clause.name)\(help)")
    }
  }

  private func checkKind(
    _ function: AggregateFunction, _ name: String, _ node: SyntaxNode
  ) throws(SQLError) {
    guard node.flag("agg_within_group") != function.isOrderedSet else { return }
    let parameters = function == .mode ? "" : "0.5"
    throw SQLError(
      position: node.position,
      function.isOrderedSet
        ? "WITHIN GROUP is required for ordered-set aggregate \(name); write "
          + "\(name)(\(parameters)) WITHIN GROUP (ORDER BY …)"
        : "\(name) is not an ordered-set aggregate, so it cannot have WITHIN GROUP")
  }

  /// Reads ORDER BY inside an aggregate: what is no argument already becomes one more.
  private func bindOrder(
    _ sorting: [(operand: Operand, key: OrderKey)], into call: inout AggregateCall
  ) throws(SQLError) {
    var canFail = false
    for (operand, key) in sorting {
      let expression = operand.expression
      canFail = canFail || expression.canFail
      var key = key
      let known = call.arguments.firstIndex { isSame($0, expression) }
      // A quoted constant has no type yet, so that it is not the argument, which has.
      guard (known != nil && !operand.isUntyped) || !call.distinct else {
        throw SQLError(
          position: operand.position,
          "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list")
      }
      key.column = known ?? call.arguments.count
      if known == nil { call.arguments.append(expression) }
      if !call.order.contains(where: { $0.column == key.column }) { call.order.append(key) }
    }
    // What nobody reads need not be kept; but an expression that fails has to.
    if !canFail, !call.dependsOnOrder {
      call.order = []
      call.arguments.removeSubrange(min(call.function.argumentCount, call.arguments.count)...)
    }
  }

  /// The aggregate's index; those that compute the same are one.
  private mutating func aggregateIndex(of call: AggregateCall) throws(SQLError) -> Int {
    if let index = aggregates.firstIndex(where: { isSame($0, call) }) { return index }
    guard aggregates.count < Self.maxAggregates else {
      throw SQLError(
        position: call.position,
        "a query has at most \(Self.maxAggregates) different aggregates; split it over stages")
    }
    aggregates.append(call)
    return aggregates.count - 1
  }

  private static var maxAggregates: Int { 1_000 }

  /// Whether two aggregates compute the same.
  func isSame(_ first: AggregateCall, _ second: AggregateCall) -> Bool {
    first.function == second.function && first.distinct == second.distinct
      && first.type == second.type && first.parameters == second.parameters
      && first.order == second.order && isSame(first.arguments, second.arguments)
      && isSame(first.filter.map { [$0] } ?? [], second.filter.map { [$0] } ?? [])
  }
}
