import Columnar

extension Kernels {
  /// The kernel of `to_char` of a number.
  static func numberText(_ arguments: [ExpressionNode], _ type: ColumnType) -> KernelRecipe? {
    guard type == .text, arguments.count == 2, arguments[1].type == .text else { return nil }
    let formatter = NumberFormatter()
    switch arguments[0].type {
    case .integer:
      return texts { call, row in
        try formatter.text(
          Int64(call.integer(0, row)), limits: Int64(Int32.min)...Int64(Int32.max),
          "integer out of range", call, row)
      }
    case .bigint:
      return texts { call, row in
        try formatter.text(
          call.values(0, Int64.self)[row], limits: .min ... .max, "bigint out of range", call, row)
      }
    case .numeric:
      return texts { call, row in
        try formatter.text(call.values(0, Numeric.self)[row], call, row)
      }
    case .double:
      return texts { call, row in
        try formatter.text(call.values(0, Double.self)[row], call, row)
      }
    default: return nil
    }
  }
}
