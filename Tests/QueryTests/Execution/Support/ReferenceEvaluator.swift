import Columnar

@testable import Query

/// Evaluates expressions one row at a time, as the SQL standard tells it; shares nothing with the
/// vectorised evaluator.
struct ReferenceEvaluator {
  /// What PostgreSQL says when there is no value.
  struct Failure: Error, Equatable { var message: String }

  let row: [Value]

  func evaluate(_ expression: Expression) throws(Failure) -> Value {
    if let constant = ReferenceConstants.value(of: expression) { return constant }
    switch expression {
    case .column(let slot, _): return row[slot]
    case .literal(let literal, _): return value(literal)
    case .call(let function, let arguments, let type, _):
      var values: [Value] = []
      for argument in arguments { values.append(try evaluate(argument)) }
      return try ReferenceFunctions.call(function, values, type)
    case .cast(let operand, let type, _):
      return try ReferenceFunctions.cast(try evaluate(operand), operand.type, type)
    case .and(let operands): return try logic(operands, deciding: false)
    case .or(let operands): return try logic(operands, deciding: true)
    case .lookup: throw Failure(message: "a row alone does not answer sub-queries")
    case .not(let operand):
      if case .boolean(let value) = try evaluate(operand) { return .boolean(!value) }
      return .null
    case .isNull(let operand): return .boolean(try evaluate(operand) == .null)
    case .coalesce(let operands, _):
      for operand in operands {
        let value = try evaluate(operand)
        if value != .null { return value }
      }
      return .null
    case .caseWhen(let branches, let otherwise, _):
      for branch in branches where try evaluate(branch.condition) == .boolean(true) {
        return try evaluate(branch.result)
      }
      guard let otherwise else { return .null }
      return try evaluate(otherwise)
    case .inList(let operand, let constants):
      let wanted = try evaluate(operand)
      if wanted == .null { return .null }
      if constants.contains(where: { value($0) == wanted }) { return .boolean(true) }
      return constants.contains(.null) ? .null : .boolean(false)
    }
  }

  private func logic(_ operands: [Expression], deciding: Bool) throws(Failure) -> Value {
    var unknown = false
    for operand in operands {
      let value = try evaluate(operand)
      if value == .boolean(deciding) { return value }
      if value == .null { unknown = true }
    }
    return unknown ? .null : .boolean(!deciding)
  }

  func value(_ literal: Literal) -> Value {
    switch literal {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .numeric(let coefficient, let scale):
      .numeric(Numeric(coefficient: coefficient, scale: scale))
    case .text(let value): .text(value)
    case .interval(let value): .interval(value)
    }
  }
}
