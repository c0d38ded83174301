import Columnar

extension Expression {
  /// The expression as SQL, slots as `names`; for people, not for parsing.
  func sql(_ names: [String]) -> String {
    func text(_ expression: Expression) -> String { expression.sql(names) }
    func list(_ expressions: [Expression]) -> String {
      expressions.map(text).joined(separator: ", ")
    }
    switch self {
    case .column(let slot, _): return slot < names.count ? names[slot] : "#\(slot)"
    case .literal(let literal, let type): return literal.sql(as: type)
    case .cast(let operand, let type, _): return "CAST(\(text(operand)) AS \(type.name))"
    case .and(let operands): return "(\(operands.map(text).joined(separator: " AND ")))"
    case .or(let operands): return "(\(operands.map(text).joined(separator: " OR ")))"
    case .not(.isNull(let operand)): return "\(text(operand)) IS NOT NULL"
    case .not(let operand): return "NOT \(text(operand))"
    case .isNull(let operand): return "\(text(operand)) IS NULL"
    case .coalesce(let operands, _): return "coalesce(\(list(operands)))"
    case .lookup(let index, let operands, _):
      return operands.isEmpty
        ? "sub-query \(index + 1)" : "(\(list(operands))) in sub-query \(index + 1)"
    case .inList(let operand, let literals):
      let shown = literals.prefix(20).map { $0.sql(as: operand.type) }
      return "\(text(operand)) IN (\(shown.joined(separator: ", "))"
        + (literals.count > 20 ? ", … \(literals.count - 20) more)" : ")")
    case .caseWhen(let branches, let otherwise, _):
      let parts = branches.map { "WHEN \(text($0.condition)) THEN \(text($0.result)) " }
      return "CASE \(parts.joined())\(otherwise.map { "ELSE \(text($0)) " } ?? "")END"
    case .call(let function, let arguments, _, _):
      guard let symbol = function.symbol else { return "\(function.rawValue)(\(list(arguments)))" }
      return arguments.count == 1
        ? "\(symbol)\(text(arguments[0]))"
        : "(\(arguments.map(text).joined(separator: " \(symbol) ")))"
    }
  }
}

extension Function {
  /// The operator that is written for it, or `nil`.
  fileprivate var symbol: String? {
    switch self {
    case .add, .addDays, .addInterval: "+"
    case .subtract, .subtractDays, .daysBetween, .subtractInterval, .timeBetween, .negate: "-"
    case .multiply, .multiplyInterval: "*"
    case .divide, .divideInterval: "/"
    case .modulo: "%"
    case .power: "^"
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .distinctFrom: "IS DISTINCT FROM"
    case .notDistinctFrom: "IS NOT DISTINCT FROM"
    case .concatenate: "||"
    default: nil
    }
  }
}

extension AggregateCall {
  /// The aggregate as SQL, slots as `names`.
  func sql(_ names: [String]) -> String {
    if function == .countStar { return function.rawValue + filterText(names) }
    let sorted = order.map { key in
      arguments[key.column].sql(names) + key.suffix
    }.joined(separator: ", ")
    let constants = parameters.map(Self.text)
    if function.isOrderedSet {
      return "\(function.rawValue)(\(constants.joined(separator: ", "))) "
        + "WITHIN GROUP (ORDER BY \(sorted))" + filterText(names)
    }
    let shown = arguments.prefix(function.argumentCount).map { $0.sql(names) } + constants
    return "\(function.rawValue)(\(distinct ? "DISTINCT " : "")\(shown.joined(separator: ", "))"
      + (sorted.isEmpty ? "" : " ORDER BY \(sorted)") + ")" + filterText(names)
  }

  private func filterText(_ names: [String]) -> String {
    filter.map { " FILTER (WHERE \($0.sql(names)))" } ?? ""
  }

  private static func text(_ parameter: Literal) -> String {
    if case .double = parameter { parameter.sql(as: .double) } else { parameter.sql(as: .bigint) }
  }
}

extension OrderKey {
  /// What follows the expression in ORDER BY.
  var suffix: String {
    (descending ? " DESC" : "")
      + (nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST")
  }
}
