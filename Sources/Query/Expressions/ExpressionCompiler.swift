package import Columnar

/// Turns bound expressions into trees of nodes.
///
/// Calls on constants are computed once. Operands that CASE, COALESCE, AND and OR guard are compiled
/// so that they are evaluated only for the rows that need them.
package struct ExpressionCompiler {
  /// The types of the columns that batches will have, by slot.
  let slots: [ColumnType]
  /// The sub-queries that expressions mention by index.
  var lookups: [CompiledLookup]

  /// A compiler for columns of these types, without sub-queries.
  package init(slots: [ColumnType]) { self.init(slots: slots, lookups: []) }

  init(slots: [ColumnType], lookups: [CompiledLookup]) {
    self.slots = slots
    self.lookups = lookups
  }

  /// Compiles `expression`.
  ///
  /// - Throws: ``SQLError`` for a call that there is no kernel for.
  package func compile(_ expression: Expression) throws(SQLError) -> ExpressionNode {
    switch expression {
    case .column(let slot, let type):
      guard slots.indices.contains(slot), slots[slot] == type else {
        throw SQLError(position: nil, "the plan reads column \(slot), which is no \(type.name)")
      }
      return ColumnNode(slot: slot, type: type)
    case .literal(let literal, let type):
      return ConstantNode(firstOf: try ColumnVector(literals: [literal], type: type))
    case .call(let function, let arguments, let type, let position):
      return try compileCall(function, arguments, type, position)
    case .cast(let operand, let type, let position):
      if operand.type == type { return try compile(operand) }
      guard let recipe = Kernels.cast(from: operand.type, to: type) else {
        throw SQLError(
          position: position, "cannot cast type \(operand.type.name) to \(type.name)")
      }
      return try folded(recipe, [try compile(operand)], type, position)
    case .and(let operands): return try compileLogic(operands, isOr: false)
    case .or(let operands): return try compileLogic(operands, isOr: true)
    case .not(let operand):
      return CallNode(
        .strict { call in call.map { (value: UInt8) in value ^ 1 } }, [try compile(operand)],
        type: .boolean, position: nil)
    case .isNull(let operand):
      return CallNode(
        .nonStrict { call in
          let output = call.result.values(as: UInt8.self)
          let valid = call.inputs[0].validity
          for row in 0..<call.count { output[row] = valid[row] ^ 1 }
        }, [try compile(operand)], type: .boolean, position: nil)
    case .coalesce(let operands, let type):
      if let first = try operands.first.map(compile) as? ConstantNode, !first.isNull {
        return first
      }
      return CoalesceNode(try operands.map(conditional), type: type)
    case .caseWhen(let branches, let otherwise, let type):
      let last = otherwise ?? .literal(.null, type: type)
      if let taken = try constantBranch(branches, otherwise: last) { return try compile(taken) }
      let compiled = try branches.map { (branch: CaseBranch) throws(SQLError) in
        CaseNode.Branch(
          condition: try conditional(branch.condition), result: try conditional(branch.result))
      }
      return CaseNode(compiled, otherwise: try otherwise.map(conditional), type: type)
    case .lookup(let index, let operands, let type):
      return try compileLookup(index, operands, type)
    case .inList(let operand, let constants):
      let known = constants.filter { $0 != .null }
      return InListNode(
        try compile(operand),
        constants: try ColumnVector(literals: known, type: operand.type),
        hasNull: known.count < constants.count)
    }
  }

  /// What a CASE gives whatever the row, where constant conditions say so.
  private func constantBranch(
    _ branches: [CaseBranch], otherwise: Expression
  ) throws(SQLError) -> Expression? {
    for branch in branches {
      guard let condition = try compile(branch.condition) as? ConstantNode else { return nil }
      if condition.isTrue { return branch.result }
    }
    return otherwise
  }

  private func compileLookup(
    _ index: Int, _ operands: [Expression], _ type: ColumnType
  ) throws(SQLError) -> ExpressionNode {
    guard lookups.indices.contains(index) else {
      throw SQLError(position: nil, "the plan mentions a sub-query that it does not have")
    }
    let lookup = lookups[index]
    if lookup.kind == .scalar {
      let value = ColumnVector(type: type, capacity: 1)
      if let only = lookup.batch.columns.first, lookup.batch.count == 1 {
        value.append(contentsOf: only, rows: 0..<1)
      } else {
        value.appendNull()
      }
      return ConstantNode(firstOf: value)
    }
    let nodes = try operands.map { (operand: Expression) throws(SQLError) in
      try compile(operand)
    }
    guard nodes.map(\.type) == lookup.batch.columns.map(\.type) else {
      throw SQLError(position: nil, "the plan compares a sub-query with other columns than it has")
    }
    return LookupNode(lookup, nodes)
  }

  /// Compiles `expression` to be evaluated for some rows of a batch.
  func conditional(_ expression: Expression) throws(SQLError) -> ConditionalOperand {
    ConditionalOperand(try compile(expression), slots: expression.slots)
  }

  /// AND or OR; the constant that decides it, where there is one, whatever the other operands are.
  private func compileLogic(
    _ operands: [Expression], isOr: Bool
  ) throws(SQLError) -> ExpressionNode {
    var compiled: [LogicNode.Operand] = []
    for operand in operands {
      let node = try compile(operand)
      if let constant = node as? ConstantNode, !constant.isNull, constant.isTrue == isOr {
        return constant
      }
      compiled.append(
        operand.canFail
          ? .guarded(ConditionalOperand(node, slots: operand.slots)) : .eager(node))
    }
    return LogicNode(compiled, isOr: isOr)
  }

  private func compileCall(
    _ function: Function, _ arguments: [Expression], _ type: ColumnType, _ position: Int
  ) throws(SQLError) -> ExpressionNode {
    let nodes = try arguments.map { (argument: Expression) throws(SQLError) in
      try compile(argument)
    }
    // What is NULL equals nothing, and nothing equals it.
    if function == .nullIf, nodes.contains(where: Self.isNull) { return nodes[0] }
    let recipe: KernelRecipe?
    do {
      recipe = try Kernels.recipe(for: function, nodes, type: type)
    } catch {
      throw SQLError(position: position, error.message)
    }
    guard let recipe else {
      let types = arguments.map(\.type.name).joined(separator: ", ")
      throw SQLError(position: position, "\(function.rawValue)(\(types)) is not supported")
    }
    return try folded(recipe, nodes, type, position)
  }

  private static func isNull(_ node: ExpressionNode) -> Bool {
    (node as? ConstantNode)?.isNull == true
  }

  /// A call; its value, when all arguments are constants and it has one, or one of them is NULL and
  /// makes it NULL whatever the others are.
  private func folded(
    _ recipe: KernelRecipe, _ arguments: [ExpressionNode], _ type: ColumnType, _ position: Int?
  ) throws(SQLError) -> ExpressionNode {
    if recipe.isStrict, arguments.contains(where: Self.isNull) {
      return ConstantNode(firstOf: try ColumnVector(literals: [.null], type: type))
    }
    let call = CallNode(recipe, arguments, type: type, position: position)
    guard call.isConstant else { return call }
    do {
      return ConstantNode(firstOf: try call.evaluate(Batch(columns: [], count: 1)))
    } catch {
      // The call fails in the same way for the first row that it is evaluated for, if there is one.
      return call
    }
  }
}
