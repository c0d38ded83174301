import Columnar

@testable import Query

/// The functions that ``ReferenceEvaluator`` knows, on single values.
enum ReferenceFunctions {
  typealias Failure = ReferenceEvaluator.Failure

  static func call(
    _ function: Function, _ arguments: [Value], _ type: ColumnType
  ) throws(Failure) -> Value {
    switch function {
    case .distinctFrom: return .boolean(arguments[0] != arguments[1])
    case .notDistinctFrom: return .boolean(arguments[0] == arguments[1])
    case .nullIf: return arguments[0] == arguments[1] ? .null : arguments[0]
    case .greatest, .least:
      let values = arguments.filter { $0 != .null }
      let best = values.reduce(nil) { (best: Value?, value) -> Value in
        guard let best else { return value }
        let order = compare(value, best)
        return (function == .greatest ? order > 0 : order < 0) ? value : best
      }
      return best ?? .null
    case .concat: return .text(arguments.map(\.textOrEmpty).joined())
    default: break
    }
    if arguments.contains(.null) { return .null }
    switch function {
    case .equal: return .boolean(arguments[0] == arguments[1])
    case .notEqual: return .boolean(arguments[0] != arguments[1])
    case .less: return .boolean(compare(arguments[0], arguments[1]) < 0)
    case .lessOrEqual: return .boolean(compare(arguments[0], arguments[1]) <= 0)
    case .greater: return .boolean(compare(arguments[0], arguments[1]) > 0)
    case .greaterOrEqual: return .boolean(compare(arguments[0], arguments[1]) >= 0)
    default: break
    }
    switch arguments[0] {
    case .integer: return try integers(function, arguments, type)
    case .double: return try doubles(function, arguments)
    case .text(let text): return try ReferenceText.call(function, text, arguments)
    default: throw Failure(message: "the reference has no \(function)")
    }
  }

  /// Negative, zero, positive; NaN is above all.
  static func compare(_ left: Value, _ right: Value) -> Int {
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): return (left ? 1 : 0) - (right ? 1 : 0)
    case (.integer(let left), .integer(let right)): return left < right ? -1 : left > right ? 1 : 0
    case (.numeric(let left), .numeric(let right)): return left < right ? -1 : left > right ? 1 : 0
    case (.double(let left), .double(let right)):
      if left.isNaN || right.isNaN { return (left.isNaN ? 1 : 0) - (right.isNaN ? 1 : 0) }
      return left < right ? -1 : left > right ? 1 : 0
    case (.text(let left), .text(let right)):
      let (left, right) = (Array(left.utf8), Array(right.utf8))
      return left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
    default: preconditionFailure("\(left) and \(right) are not compared")
    }
  }

  private static func integers(
    _ function: Function, _ arguments: [Value], _ type: ColumnType
  ) throws(Failure) -> Value {
    guard case .integer(let left) = arguments[0] else { preconditionFailure("no integer") }
    let wide = Int128(left)
    var right: Int128 = 0
    if arguments.count > 1, case .integer(let value) = arguments[1] { right = Int128(value) }
    let result: Int128
    switch function {
    case .add: result = wide + right
    case .subtract: result = wide - right
    case .multiply: result = wide * right
    case .divide, .modulo:
      if right == 0 { throw Failure(message: "division by zero") }
      result = function == .divide ? wide / right : wide % right
    case .negate: result = -wide
    case .abs: result = wide < 0 ? -wide : wide
    default: throw Failure(message: "the reference has no \(function)")
    }
    return .integer(try fitting(result, type))
  }

  private static func fitting(_ value: Int128, _ type: ColumnType) throws(Failure) -> Int64 {
    let fits = type == .integer ? Int32(exactly: value) != nil : Int64(exactly: value) != nil
    guard fits else { throw Failure(message: "\(type.name) out of range") }
    return Int64(value)
  }

  private static func doubles(
    _ function: Function, _ arguments: [Value]
  ) throws(Failure) -> Value {
    guard case .double(let left) = arguments[0] else { preconditionFailure("no double") }
    var right = 0.0
    if arguments.count > 1, case .double(let value) = arguments[1] { right = value }
    let finite = left.isFinite && right.isFinite
    switch function {
    case .add: return try ranged(left + right, finite: finite)
    case .subtract: return try ranged(left - right, finite: finite)
    case .multiply:
      return try ranged(left * right, finite: finite, vanishes: left != 0 && right != 0)
    case .divide:
      if right == 0, !left.isNaN { throw Failure(message: "division by zero") }
      return try ranged(
        left / right, finite: left.isFinite && right != 0,
        vanishes: left != 0 && right.isFinite)
    case .negate: return .double(-left)
    case .abs: return .double(abs(left))
    case .floor: return .double(left.rounded(.down))
    case .sqrt:
      if left < 0 { throw Failure(message: "cannot take square root of a negative number") }
      return .double(left.squareRoot())
    default: throw Failure(message: "the reference has no \(function)")
    }
  }

  private static func ranged(
    _ value: Double, finite: Bool, vanishes: Bool = false
  ) throws(Failure) -> Value {
    if value.isInfinite, finite { throw Failure(message: "value out of range: overflow") }
    if value == 0, vanishes { throw Failure(message: "value out of range: underflow") }
    return .double(value)
  }

  static func cast(
    _ value: Value, _ from: ColumnType, _ to: ColumnType
  ) throws(Failure) -> Value {
    switch (value, to) {
    case (.null, _): return .null
    case (.integer(let value), .integer), (.integer(let value), .bigint):
      return .integer(try fitting(Int128(value), to))
    case (.integer(let value), .double): return .double(Double(value))
    case (.integer(let value), .text): return .text("\(value)")
    case (.boolean(let value), .text): return .text(value ? "true" : "false")
    case (.boolean(let value), .integer): return .integer(value ? 1 : 0)
    case (.integer(let value), .boolean): return .boolean(value != 0)
    case (.double(let value), .integer), (.double(let value), .bigint):
      let whole = value.rounded(.toNearestOrEven)
      guard whole.isFinite, abs(whole) < 0x1p100 else {
        throw Failure(message: "\(to.name) out of range")
      }
      return .integer(try fitting(Int128(whole), to))
    default: throw Failure(message: "the reference has no cast to \(to)")
    }
  }
}

extension Value {
  fileprivate var textOrEmpty: String {
    if case .text(let text) = self { text } else { "" }
  }
}
