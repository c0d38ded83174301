import Columnar
import Query

/// Aggregates computed from all of a group's values at once.
enum ReferenceAggregates {
  /// Rows of key and argument, as rows of key and result in order of first appearance.
  static func groups(_ rows: [[Value]], _ call: AggregateCall) -> [[Value]] {
    var order: [Value] = []
    var values: [Value: [Value]] = [:]
    for row in rows {
      if values[row[0]] == nil { order.append(row[0]) }
      values[row[0], default: []].append(row[1])
    }
    return order.map { [$0, aggregate(values[$0] ?? [], call)] }
  }

  private static func aggregate(_ all: [Value], _ call: AggregateCall) -> Value {
    if call.function == .countStar { return .integer(Int64(all.count)) }
    var values = all.filter { $0 != .null }
    if call.distinct {
      var seen: Set<Value> = []
      values = values.filter { seen.insert($0).inserted }
    }
    if call.function == .count { return .integer(Int64(values.count)) }
    guard let first = values.first else { return .null }
    switch call.function {
    case .min:
      return values.reduce(first) { ReferenceFunctions.compare($1, $0) < 0 ? $1 : $0 }
    case .max:
      return values.reduce(first) { ReferenceFunctions.compare($1, $0) > 0 ? $1 : $0 }
    case .boolAnd: return .boolean(!values.contains(.boolean(false)))
    case .boolOr: return .boolean(values.contains(.boolean(true)))
    case .sum, .avg:
      if call.arguments.first?.type == .double {
        let sum = doubles(values).reduce(0, +)
        return .double(call.function == .sum ? sum : sum / Double(values.count))
      }
      return exact(values, call)
    default: return spread(doubles(values), call.function)
    }
  }

  private static func exact(_ values: [Value], _ call: AggregateCall) -> Value {
    let sum = values.reduce(Numeric.zero) { sum, value in
      switch value {
      case .integer(let value): sum.adding(Numeric(value)) ?? .zero
      case .numeric(let value): sum.adding(value) ?? .zero
      default: sum
      }
    }
    if call.function == .avg {
      return Numeric.average(sum: sum, count: Int64(values.count)).map { .numeric($0) } ?? .null
    }
    return call.type == .bigint ? .integer(Int64(sum.coefficient)) : .numeric(sum)
  }

  private static func spread(_ values: [Double], _ function: AggregateFunction) -> Value {
    let count = Double(values.count)
    let isSample = function == .varSamp || function == .stddevSamp
    let freedom = isSample ? count - 1 : count
    if freedom <= 0 { return .null }
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / freedom
    let isDeviation = function == .stddevPop || function == .stddevSamp
    return .double(isDeviation ? variance.squareRoot() : variance)
  }

  private static func doubles(_ values: [Value]) -> [Double] {
    values.map { value in
      switch value {
      case .double(let value): value
      case .integer(let value): Double(value)
      case .numeric(let value): value.double
      default: 0
      }
    }
  }
}
