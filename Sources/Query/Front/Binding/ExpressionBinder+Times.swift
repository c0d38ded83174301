import Columnar

extension ExpressionBinder {
  /// A call with a constant zone or pattern that is looked at now, so that the error stands where
  /// it is written.
  func checkConstants(
    _ function: Function, _ operands: [Operand], _ types: [ColumnType]
  ) throws(SQLError) {
    switch function {
    case .atZone where types[0] == .text: try checkZone(operands[0], ZoneOffset.posix)
    case .makeTimestamp where operands.count == 7: try checkZone(operands[6], ZoneOffset.signed)
    case .dateTrunc where operands.count == 3: try checkZone(operands[2], ZoneOffset.posix)
    case .formatTime:
      try checkPattern(operands[1], types[0] == .interval ? .writingInterval : .writing)
    case .parseTime: try checkPattern(operands[1], .reading)
    default: break
    }
  }

  private func checkZone(
    _ operand: Operand, _ read: (String) -> Int?
  ) throws(SQLError) {
    guard case .literal(.text(let text), _) = operand.expression, read(text) == nil else { return }
    throw SQLError(position: operand.position, Zone.refusal(text))
  }

  private func checkPattern(_ operand: Operand, _ use: TimePattern.Use) throws(SQLError) {
    guard case .literal(.text(let text), _) = operand.expression,
      let refusal = TimePattern(text).refusal(for: use)
    else { return }
    throw SQLError(position: operand.position, refusal)
  }

  /// OVERLAPS of two spans, each given by its ends or its start and its length.
  func overlaps(
    _ arguments: [Expression], at position: Int
  ) throws(SQLError) -> Expression {
    var ends: [Expression] = []
    for index in stride(from: 0, to: 4, by: 2) {
      let (start, other) = (arguments[index], arguments[index + 1])
      ends.append(start)
      ends.append(
        other.type == .interval
          ? .call(.addInterval, [start, other], type: start.type, position: position) : other)
    }
    return .call(.overlaps, ends, type: .boolean, position: position)
  }
}
