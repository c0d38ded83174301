import Columnar

extension FunctionCatalog {
  /// Functions of whole numbers and of numeric, and more of trigonometry.
  static let exact: [String: [FunctionSignature]] = [
    "div": [FunctionSignature([.numeric, .numeric], .numeric, .div)],
    "gcd": pairs(.gcd), "lcm": pairs(.lcm),
    "factorial": [FunctionSignature([.bigint], .numeric, .factorial)],
    "scale": [FunctionSignature([.numeric], .integer, .scale)],
    "min_scale": [FunctionSignature([.numeric], .integer, .minScale)],
    "trim_scale": [FunctionSignature([.numeric], .numeric, .trimScale)],
    "width_bucket": [ColumnType.double, .numeric].map {
      FunctionSignature([$0, $0, $0, .integer], .integer, .widthBucket)
    },
    "sinh": angle(.sinh), "cosh": angle(.cosh), "tanh": angle(.tanh), "asinh": angle(.asinh),
    "acosh": angle(.acosh), "atanh": angle(.atanh), "cot": angle(.cot), "sind": angle(.sind),
    "cosd": angle(.cosd), "tand": angle(.tand), "cotd": angle(.cotd), "asind": angle(.asind),
    "acosd": angle(.acosd), "atand": angle(.atand),
    "atan2d": [FunctionSignature([.double, .double], .double, .atan2d)],
  ]

  private static func pairs(_ function: Function) -> [FunctionSignature] {
    [ColumnType.integer, .bigint, .numeric].map { FunctionSignature([$0, $0], $0, function) }
  }

  private static func angle(_ function: Function) -> [FunctionSignature] {
    [FunctionSignature([.double], .double, function)]
  }
}
