import Columnar

@testable import Query

/// What constants make of an expression whatever the row, so that its other parts do not matter, even
/// if they have no value.
enum ReferenceConstants {
  /// The value in every row, or `nil` where constants do not say.
  static func value(of expression: Expression) -> Value? {
    switch expression {
    case .literal(let literal, _): return ReferenceEvaluator(row: []).value(literal)
    case .call(let function, let arguments, let type, _):
      return call(function, arguments.map(value), type)
    case .cast(let operand, let type, _):
      guard let known = value(of: operand) else { return nil }
      return outcome { () throws(ReferenceEvaluator.Failure) in
        try ReferenceFunctions.cast(known, operand.type, type)
      }
    case .and(let operands): return deciding(operands, false)
    case .or(let operands): return deciding(operands, true)
    case .coalesce(let operands, _):
      return operands.first.flatMap(value).flatMap { $0 == .null ? nil : $0 }
    case .caseWhen(let branches, let otherwise, _):
      for branch in branches {
        guard let condition = value(of: branch.condition) else { return nil }
        if condition == .boolean(true) { return value(of: branch.result) }
      }
      return otherwise.map(value) ?? .null
    case .column, .lookup, .not, .isNull, .inList: return nil
    }
  }

  private static func call(
    _ function: Function, _ arguments: [Value?], _ type: ColumnType
  ) -> Value? {
    if function == .nullIf, arguments.contains(.null) { return arguments[0] }
    if isStrict(function), arguments.contains(.null) { return .null }
    let known = arguments.compactMap { $0 }
    guard known.count == arguments.count else { return nil }
    return outcome { () throws(ReferenceEvaluator.Failure) in
      try ReferenceFunctions.call(function, known, type)
    }
  }

  private static func isStrict(_ function: Function) -> Bool {
    switch function {
    case .concat, .concatWithSeparator, .greatest, .least, .distinctFrom, .notDistinctFrom: false
    default: true
    }
  }

  private static func deciding(_ operands: [Expression], _ value: Bool) -> Value? {
    operands.contains { self.value(of: $0) == .boolean(value) } ? .boolean(value) : nil
  }

  /// What fails fails when a row is there.
  private static func outcome(
    _ body: () throws(ReferenceEvaluator.Failure) -> Value
  ) -> Value? {
    do throws(ReferenceEvaluator.Failure) {
      return try body()
    } catch {
      return nil
    }
  }
}
