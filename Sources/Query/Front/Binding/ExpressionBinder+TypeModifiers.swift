import Columnar

extension ExpressionBinder {
  /// A conversion to the type that a TypeName node names, with its modifier: the fields and decimals
  /// of an interval, the decimals of a time.
  func cast(
    _ operand: Operand, toTypeNamed name: SyntaxNode, at position: Int
  ) throws(SQLError) -> Operand {
    let type = try TypeName.bind(name)
    let modifiers = try name.nodes("typmods").map { node throws(SQLError) in
      try modifier(node)
    }
    guard !modifiers.isEmpty else { return try cast(operand, to: type, at: position) }
    guard type == .interval else {
      let value = try cast(operand, to: type, at: position).expression
      let decimals = Expression.literal(.integer(Int64(min(modifiers[0], 6))), type: .integer)
      return Operand(
        .call(.roundTime, [value, decimals], type: type, position: position),
        at: operand.position)
    }
    let limit = IntervalLimit(
      range: modifiers[0], decimals: modifiers.count > 1 ? min(modifiers[1], 6) : nil)
    if operand.isUntyped, case .literal(.text(let text), _) = operand.expression {
      return Operand(
        .literal(.interval(try interval(text, limit, at: operand.position)), type: .interval),
        at: operand.position)
    }
    let value = try cast(operand, to: type, at: position).expression
    let numbers = [limit.range ?? IntervalLimit.fullRange, limit.decimals ?? 6].map {
      Expression.literal(.integer(Int64($0)), type: .integer)
    }
    return Operand(
      .call(.limitInterval, [value] + numbers, type: type, position: position),
      at: operand.position)
  }

  private func modifier(_ node: SyntaxNode) throws(SQLError) -> Int {
    guard node.kind == "A_Const", node.value("ival") != nil else {
      throw SQLError(position: node.position, "a type modifier must be a whole number")
    }
    return Int(integer(of: node))
  }

  /// The interval that a constant writes.
  func interval(
    _ text: String, _ limit: IntervalLimit, at position: Int
  ) throws(SQLError) -> Interval {
    var text = text
    var problem = IntervalProblem.format
    let parsed = text.withUTF8 { bytes -> Interval? in
      guard let start = bytes.baseAddress else { return nil }
      do throws(IntervalProblem) {
        return try ValueParser.interval(start, bytes.count, limit: limit)
      } catch {
        problem = error
        return nil
      }
    }
    if let parsed { return parsed }
    let message = problem.message("\"\(Self.shortened(text))\"")
    throw SQLError(
      position: position,
      problem == .format ? "\(message); write \(Literal.example(of: .interval))" : message)
  }
}
