extension Expression {
  /// Whether this is an input of the row itself.
  var isColumn: Bool { if case .column = self { true } else { false } }

  /// The operands, in order.
  var children: [Expression] {
    switch self {
    case .column, .literal: []
    case .call(_, let arguments, _, _): arguments
    case .cast(let operand, _, _), .not(let operand), .isNull(let operand),
      .inList(let operand, _):
      [operand]
    case .and(let operands), .or(let operands), .coalesce(let operands, _),
      .lookup(_, let operands, _):
      operands
    case .caseWhen(let branches, let otherwise, _):
      branches.flatMap { [$0.condition, $0.result] } + (otherwise.map { [$0] } ?? [])
    }
  }

  /// The same expression over other operands.
  func mapChildren<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Expression {
    switch self {
    case .column, .literal: return self
    case .call(let function, let arguments, let type, let position):
      return .call(
        function, try Self.map(arguments, transform), type: type, position: position)
    case .cast(let operand, let type, let position):
      return .cast(try transform(operand), to: type, position: position)
    case .not(let operand): return .not(try transform(operand))
    case .isNull(let operand): return .isNull(try transform(operand))
    case .inList(let operand, let list): return .inList(try transform(operand), list)
    case .and(let operands): return .and(try Self.map(operands, transform))
    case .or(let operands): return .or(try Self.map(operands, transform))
    case .coalesce(let operands, let type):
      return .coalesce(try Self.map(operands, transform), type: type)
    case .lookup(let index, let operands, let type):
      return .lookup(index, try Self.map(operands, transform), type: type)
    case .caseWhen(let branches, let otherwise, let type):
      var mapped: [CaseBranch] = []
      for branch in branches {
        mapped.append(
          CaseBranch(
            condition: try transform(branch.condition), result: try transform(branch.result)))
      }
      var last: Expression?
      if let otherwise { last = try transform(otherwise) }
      return .caseWhen(mapped, otherwise: last, type: type)
    }
  }

  /// Expressions in it, itself included; `limit + 1` for any number above `limit`.
  func size(limit: Int) -> Int {
    var size = 1
    for child in children {
      if size > limit { return limit + 1 }
      size += child.size(limit: limit - size)
    }
    return size
  }

  private static func map<Failure: Error>(
    _ expressions: [Expression], _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> [Expression] {
    var mapped: [Expression] = []
    mapped.reserveCapacity(expressions.count)
    for expression in expressions { mapped.append(try transform(expression)) }
    return mapped
  }
}
