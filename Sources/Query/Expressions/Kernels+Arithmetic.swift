import Columnar

extension Kernels {
  /// The kernel of a binary operator on two values of `type`.
  static func arithmetic(_ function: Function, _ type: ColumnType) -> KernelRecipe? {
    switch type {
    case .integer: integerArithmetic(function, Int32.self, "integer out of range")
    case .bigint: integerArithmetic(function, Int64.self, "bigint out of range")
    case .double: doubleArithmetic(function)
    case .numeric: numericArithmetic(function)
    case .interval: intervalArithmetic(function)
    default: nil
    }
  }

  @inline(__always)
  private static func integerArithmetic<Value: FixedWidthInteger & BitwiseCopyable>(
    _ function: Function, _: Value.Type, _ overflow: String
  ) -> KernelRecipe? {
    switch function {
    case .add:
      .strict { call throws(EvaluationError) in
        try call.mapChecked(overflow) { (left: Value, right: Value) in
          let (value, failed) = left.addingReportingOverflow(right)
          return (value, failed)
        }
      }
    case .subtract:
      .strict { call throws(EvaluationError) in
        try call.mapChecked(overflow) { (left: Value, right: Value) in
          let (value, failed) = left.subtractingReportingOverflow(right)
          return (value, failed)
        }
      }
    case .multiply:
      .strict { call throws(EvaluationError) in
        try call.mapChecked(overflow) { (left: Value, right: Value) in
          let (value, failed) = left.multipliedReportingOverflow(by: right)
          return (value, failed)
        }
      }
    case .divide:
      .strict { call throws(EvaluationError) in
        try failOnZeroDivisor(call, Value.self)
        try call.mapChecked(overflow) { (left: Value, right: Value) in
          let (value, failed) = left.dividedReportingOverflow(by: right)
          return (value, failed && right != 0)
        }
      }
    case .modulo:
      .strict { call throws(EvaluationError) in
        try failOnZeroDivisor(call, Value.self)
        call.map { (left: Value, right: Value) in
          right == 0 || right == -1 ? 0 : left % right
        }
      }
    default: nil
    }
  }

  @inline(__always)
  private static func failOnZeroDivisor<Value: FixedWidthInteger & BitwiseCopyable>(
    _ call: KernelCall, _: Value.Type
  ) throws(EvaluationError) {
    let divisors = call.values(1, Value.self)
    for row in 0..<call.count where divisors[row] == 0 && call.result.validity[row] != 0 {
      throw EvaluationError(row: row, divisionByZero)
    }
  }

  /// The kernel of negation, absolute value or sign.
  static func unaryArithmetic(_ function: Function, _ type: ColumnType) -> KernelRecipe? {
    switch (type, function) {
    case (.integer, .negate):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("integer out of range") { (value: Int32) in
          (0 &- value, value == .min)
        }
      }
    case (.bigint, .negate):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("bigint out of range") { (value: Int64) in
          (0 &- value, value == .min)
        }
      }
    case (.integer, .abs):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("integer out of range") { (value: Int32) in
          (value < 0 ? 0 &- value : value, value == .min)
        }
      }
    case (.bigint, .abs):
      .strict { call throws(EvaluationError) in
        try call.mapChecked("bigint out of range") { (value: Int64) in
          (value < 0 ? 0 &- value : value, value == .min)
        }
      }
    case (.integer, .sign): .strict { call in call.map { (value: Int32) in value.signum() } }
    case (.bigint, .sign): .strict { call in call.map { (value: Int64) in value.signum() } }
    case (.double, .negate): .strict { call in call.map { (value: Double) in -value } }
    case (.double, .abs): .strict { call in call.map { (value: Double) in value.magnitude } }
    case (.double, .sign):
      .strict { call in
        call.map { (value: Double) -> Double in value > 0 ? 1 : value < 0 ? -1 : 0 }
      }
    case (.interval, .negate): intervalNegation
    case (.numeric, .negate): .strict { call in call.map { (value: Numeric) in value.negated() } }
    case (.numeric, .abs): .strict { call in call.map { (value: Numeric) in value.absolute } }
    case (.numeric, .sign): .strict { call in call.map { (value: Numeric) in value.sign } }
    default: nil
    }
  }

  static let divisionByZero = "division by zero"
}
