import Columnar

extension Kernels {
  static let numericOverflow = "numeric value out of range: more than 38 digits"

  /// The kernel of a binary operator on two numerics.
  static func numericArithmetic(_ function: Function) -> KernelRecipe? {
    switch function {
    case .add: numeric(numericOverflow) { $0.adding($1) }
    case .subtract: numeric(numericOverflow) { $0.subtracting($1) }
    case .multiply: numeric(numericOverflow) { $0.multiplied(by: $1) }
    case .divide: numericDivision { $0.divided(by: $1) }
    case .modulo: numericDivision { $0.remainder(dividingBy: $1) }
    default: nil
    }
  }

  /// A kernel of two numerics whose operation gives `nil` for a result that does not fit.
  @inline(__always)
  private static func numeric(
    _ message: String, _ apply: @escaping (Numeric, Numeric) -> Numeric?
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let left = call.values(0, Numeric.self)
      let right = call.values(1, Numeric.self)
      let result = call.result.values(as: Numeric.self)
      try call.forEachValid { row in
        guard let value = apply(left[row], right[row]) else {
          throw EvaluationError(row: row, message)
        }
        result[row] = value
      }
    }
  }

  @inline(__always)
  private static func numericDivision(
    _ apply: @escaping (Numeric, Numeric) -> Numeric?
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let left = call.values(0, Numeric.self)
      let right = call.values(1, Numeric.self)
      let result = call.result.values(as: Numeric.self)
      try call.forEachValid { row in
        guard right[row].coefficient != 0 else {
          throw EvaluationError(row: row, divisionByZero)
        }
        guard let value = apply(left[row], right[row]) else {
          throw EvaluationError(row: row, numericOverflow)
        }
        result[row] = value
      }
    }
  }
}
