import Columnar

extension Kernels {
  static let overflow = "value out of range: overflow"
  static let underflow = "value out of range: underflow"

  /// PostgreSQL's rules for double precision (its `float.h`): a result that is infinite though the
  /// operands are finite is an error, as is a product or quotient that vanishes.
  static func doubleArithmetic(_ function: Function) -> KernelRecipe? {
    switch function {
    case .add:
      .strict { call throws(EvaluationError) in
        try call.mapChecked(overflow) { (left: Double, right: Double) in
          let sum = left + right
          return (sum, sum.isInfinite && left.isFinite && right.isFinite)
        }
      }
    case .subtract:
      .strict { call throws(EvaluationError) in
        try call.mapChecked(overflow) { (left: Double, right: Double) in
          let difference = left - right
          return (difference, difference.isInfinite && left.isFinite && right.isFinite)
        }
      }
    case .multiply:
      .strict { call throws(EvaluationError) in
        try call.mapChecked(overflow) { (left: Double, right: Double) in
          let product = left * right
          return (product, product.isInfinite && left.isFinite && right.isFinite)
        }
        try call.mapChecked(underflow) { (left: Double, right: Double) in
          let product = left * right
          return (product, product == 0 && left != 0 && right != 0)
        }
      }
    case .divide:
      .strict { call throws(EvaluationError) in
        try call.mapChecked(divisionByZero) { (left: Double, right: Double) in
          (left / right, right == 0 && !left.isNaN)
        }
        try call.mapChecked(overflow) { (left: Double, right: Double) in
          let quotient = left / right
          return (quotient, quotient.isInfinite && left.isFinite && right != 0)
        }
        try call.mapChecked(underflow) { (left: Double, right: Double) in
          let quotient = left / right
          return (quotient, quotient == 0 && left != 0 && right.isFinite)
        }
      }
    default: nil
    }
  }

  /// The message for a result of `operation` on finite operands that is out of range, if it is.
  static func rangeFailure(_ result: Double, finite: Bool) -> String? {
    result.isInfinite && finite ? overflow : nil
  }
}
