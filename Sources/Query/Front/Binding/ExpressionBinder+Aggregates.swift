import Columnar

extension ExpressionBinder {
  mutating func bindAggregate(
    _ entry: AggregateCatalog.Entry, _ name: String, _ node: SyntaxNode
  ) throws(SQLError) -> Operand {
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
    let call = try aggregateCall(entry, name, node)
    let index = try aggregateIndex(of: call)
    return refer(
      to: Reference(target: .aggregate(index), name: name, position: node.position))
  }

  /// The call of an aggregate, its argument and its filter bound.
  mutating func aggregateCall(
    _ entry: AggregateCatalog.Entry, _ name: String, _ node: SyntaxNode
  ) throws(SQLError) -> AggregateCall {
    // A window's argument may hold aggregates: those of the groups that the window looks at.
    let isPlain = !isInWindow
    isInAggregate = isPlain
    defer { isInAggregate = false }
    var call = AggregateCall(
      function: entry.function, argument: nil, distinct: node.flag("agg_distinct"), filter: nil,
      type: .bigint, position: node.position)
    let operands = try bindAll("args", of: node)
    if node.flag("agg_star") {
      guard entry.function == .count else {
        throw SQLError(
          position: node.position, "function \(name)() does not exist; only count takes *")
      }
      call.function = .countStar
    } else {
      try bindArgument(operands, of: entry, name, into: &call)
    }
    if let filter = try node.node("agg_filter") {
      let outer = clause
      clause = .aggregateFilter
      isInAggregate = false
      defer { clause = outer }
      call.filter = try condition(try bind(filter), of: "FILTER")
    }
    return call
  }

  private func bindArgument(
    _ operands: [Operand], of entry: AggregateCatalog.Entry, _ name: String,
    into call: inout AggregateCall
  ) throws(SQLError) {
    if operands.isEmpty, entry.function == .count {
      throw SQLError(
        position: call.position,
        "count(*) must be used to call a parameterless aggregate function")
    }
    let shown = Self.shown(name, operands)
    guard operands.count == 1 else {
      throw SQLError(
        position: call.position, "function \(shown) does not exist; \(name) takes one argument")
    }
    guard let signatures = entry.signatures else {
      call.argument = operands[0].expression
      return
    }
    let choice = OverloadResolver.choose(
      [operands[0].type], among: signatures.map { [$0.parameter] }, isOperator: false)
    switch choice {
    // PostgreSQL also has sums and means of intervals, so that a quoted constant stays open.
    case .one where operands[0].isUntyped && (entry.function == .sum || entry.function == .avg),
      .ambiguous:
      throw SQLError(
        position: call.position,
        "function \(shown) is not unique; give the constant a type, such as '…'::integer")
    case .one(let index):
      call.argument = try coerce(operands[0], to: signatures[index].parameter)
      call.type = signatures[index].result
    case .none:
      throw SQLError(
        position: call.position,
        "function \(shown) does not exist; \(Self.help(entry.function, operands[0]))")
    }
  }

  private static func help(_ function: AggregateFunction, _ operand: Operand) -> String {
    switch (function, operand.type) {
    case (.min, .boolean?): "use bool_and(…)"
    case (.max, .boolean?): "use bool_or(…)"
    case (_, .boolean?): "count rows with count(*) FILTER (WHERE …)"
    case (.boolAnd, _), (.boolOr, _): "it takes a condition, such as … > 0"
    default: "add a cast, such as CAST(… AS double precision)"
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
      && first.type == second.type && isSame(first.argument, second.argument)
      && isSame(first.filter, second.filter)
  }

  private func isSame(_ first: Expression?, _ second: Expression?) -> Bool {
    switch (first, second) {
    case (nil, nil): true
    case (let first?, let second?): isSame(first, second)
    default: false
    }
  }
}
