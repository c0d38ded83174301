import Columnar

/// Window functions.
extension ExpressionBinder {
  /// A function call with OVER.
  mutating func bindWindow(_ node: SyntaxNode, _ name: String) throws(SQLError) -> Operand {
    guard let over = node.value("over") else {
      throw SQLError(position: node.position, "the SQL parser's OVER has a gap")
    }
    try node.allow([
      "funcname", "args", "agg_star", "agg_distinct", "agg_order", "agg_within_group", "agg_filter",
      "funcformat", "over",
    ])
    if isInWindow {
      throw SQLError(position: node.position, "window function calls cannot be nested")
    }
    if isInAggregate {
      throw SQLError(
        position: node.position, "aggregate function calls cannot contain window function calls")
    }
    guard clause.allowsWindows else {
      throw SQLError(
        position: node.position,
        "window functions are not allowed in \(clause.name); make the query a sub-query in FROM")
    }
    isInWindow = true
    defer { isInWindow = false }
    var call: WindowCall
    if let aggregate = AggregateCatalog.aggregate(named: name) {
      call = try windowAggregate(aggregate, name, node)
    } else {
      call = try windowFunction(name, node)
    }
    let definition = try SyntaxNode(kind: "WindowDef", over, near: node.position)
    var binder = WindowDefinition(self)
    let window = try binder.read(definition)
    self = binder.expressions
    call.partition = window.partition
    call.order = window.order
    call.frame = window.frame
    return refer(
      to: Reference(
        target: .window(try windowIndex(of: call)), name: name, position: node.position))
  }

  private mutating func windowAggregate(
    _ entry: AggregateCatalog.Entry, _ name: String, _ node: SyntaxNode
  ) throws(SQLError) -> WindowCall {
    if node.flag("agg_distinct") {
      throw SQLError(
        position: node.position, "DISTINCT is not implemented for window functions")
    }
    if node.value("agg_order") != nil || entry.function.isOrderedSet {
      throw SQLError(
        position: node.position,
        entry.function.isOrderedSet
          ? "OVER is not supported for ordered-set aggregate \(name)"
          : "aggregate ORDER BY is not implemented for window functions")
    }
    let call = try aggregateCall(entry, name, node)
    return WindowCall(
      kind: .aggregate(call), arguments: [], partition: [], order: [], frame: .standard, name: "",
      type: call.type, position: node.position)
  }

  private mutating func windowFunction(
    _ name: String, _ node: SyntaxNode
  ) throws(SQLError) -> WindowCall {
    guard let function = WindowFunction.named(name) else {
      throw SQLError(
        position: node.position,
        FunctionCatalog.overloads(of: name) == nil
          ? "window function \(name) does not exist"
          : "OVER specified, but \(name) is not a window function nor an aggregate function")
    }
    guard node.value("agg_filter") == nil, !node.flag("agg_star"), !node.flag("agg_distinct") else {
      throw SQLError(
        position: node.position,
        "FILTER, * and DISTINCT are for aggregate functions; \(name) is none")
    }
    let operands = try bindAll("args", of: node)
    guard function.arguments.contains(operands.count) else {
      throw SQLError(
        position: node.position,
        "function \(Self.shown(name, operands)) does not exist; \(function.help)")
    }
    let arguments = try windowArguments(operands, of: function, name, at: node.position)
    return WindowCall(
      kind: function.kind, arguments: arguments, partition: [], order: [], frame: .standard,
      name: "", type: function.result ?? arguments[0].type, position: node.position)
  }

  /// Converts the arguments: a count is an integer, a value and what stands for it where there is
  /// none have one type.
  private func windowArguments(
    _ operands: [Operand], of function: WindowFunction, _ name: String, at position: Int
  ) throws(SQLError) -> [Expression] {
    let isCount = operands.indices.map { function.isCount($0) }
    let values = operands.indices.filter { !isCount[$0] }.map { operands[$0] }
    let mismatch = SQLError(
      position: position, "function \(Self.shown(name, operands)) does not exist; \(function.help)")
    guard
      case .type(let type) = TypeRules.common(
        values.filter { !$0.isUntyped }.map(\.expression.type))
    else { throw mismatch }
    if values.count == 1, values[0].isUntyped {
      throw SQLError(
        position: values[0].position,
        "could not determine polymorphic type because input has type unknown; "
          + "give the constant a type, such as '…'::text")
    }
    var arguments: [Expression] = []
    for (operand, isCount) in zip(operands, isCount) {
      guard !isCount || operand.isUntyped || operand.type == .integer else { throw mismatch }
      arguments.append(try coerce(operand, to: isCount ? .integer : type))
    }
    return arguments
  }

  /// The window function's index; those that compute the same are one.
  private mutating func windowIndex(of call: WindowCall) throws(SQLError) -> Int {
    let index = windows.firstIndex { isSame($0, call) }
    if let index { return index }
    guard windows.count < 100 else {
      throw SQLError(
        position: call.position, "a query has at most 100 different window functions")
    }
    windows.append(call)
    return windows.count - 1
  }

  private func isSame(_ first: WindowCall, _ second: WindowCall) -> Bool {
    guard first.frame == second.frame, first.type == second.type,
      isSame(first.arguments, second.arguments), isSame(first.partition, second.partition),
      isSame(first.order.map(\.expression), second.order.map(\.expression)),
      first.order.map(\.descending) == second.order.map(\.descending),
      first.order.map(\.nullsFirst) == second.order.map(\.nullsFirst)
    else { return false }
    if case .aggregate(let one) = first.kind, case .aggregate(let other) = second.kind {
      return isSame(one, other)
    }
    return first.kind == second.kind
  }
}
