import Columnar
import Query

/// One value outside of vectors, for expectations.
enum Value: Hashable, CustomStringConvertible {
  case null
  case boolean(Bool)
  case integer(Int64)
  case double(Double)
  case numeric(Numeric)
  case text(String)
  case interval(Interval)

  /// Equal as GROUP BY has it: NaN is NaN, 0 is -0.
  static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.double(let left), .double(let right)): left == right || (left.isNaN && right.isNaN)
    case (.numeric(let left), .numeric(let right)): left == right
    case (.text(let left), .text(let right)):
      left.unicodeScalars.elementsEqual(right.unicodeScalars)
    case (.interval(let left), .interval(let right)): left.compare(right) == 0
    default: false
    }
  }

  func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.isNaN ? 0 : value)
    case .numeric(let value): hasher.combine(value)
    case .text(let value): hasher.combine(Array(value.utf8))
    case .interval(let value): hasher.combine(value.span)
    }
  }

  var description: String {
    switch self {
    case .null: "NULL"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .double(let value): "\(value)"
    case .numeric(let value): "\(value)"
    case .text(let value): "'\(value)'"
    case .interval(let value): "\(value)"
    }
  }

  /// The value as a constant of a plan.
  var literal: Literal {
    switch self {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .numeric(let value): .numeric(coefficient: value.coefficient, scale: value.scale)
    case .text(let value): .text(value)
    case .interval(let value): .interval(value)
    }
  }
}
