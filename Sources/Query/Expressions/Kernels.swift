import Columnar

/// The kernels of all functions and casts: one loop for each function and type.
enum Kernels {
  /// The kernel for a call, or `nil` when there is none for these types.
  ///
  /// - Parameters:
  ///   - function: what to compute.
  ///   - arguments: the compiled arguments; constants among them may be compiled into the kernel.
  ///   - type: the type of the result.
  static func recipe(
    for function: Function, _ arguments: [ExpressionNode], type: ColumnType
  ) throws(SQLError) -> KernelRecipe? {
    let operand = arguments.first?.type
    switch function {
    case .add, .subtract, .multiply, .divide, .modulo:
      guard arguments.count == 2, operand == type, arguments[1].type == type else { return nil }
      return arithmetic(function, type)
    case .negate, .abs, .sign:
      guard arguments.count == 1, operand == type else { return nil }
      return unaryArithmetic(function, type)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .distinctFrom,
      .notDistinctFrom:
      guard arguments.count == 2, let operand, operand == arguments[1].type, type == .boolean
      else { return nil }
      return comparison(function, operand)
    case .nullIf, .greatest, .least:
      guard arguments.allSatisfy({ $0.type == type }) else { return nil }
      return selection(function, type, count: arguments.count)
    case .addDays, .subtractDays, .daysBetween, .dateTrunc, .extract, .makeDate:
      if let recipe = try calendar(function, arguments, type) { return recipe }
      if let recipe = try intervals(function, arguments, type) { return recipe }
      return try times(function, arguments, type)
    case .addInterval, .subtractInterval, .timeBetween, .age, .multiplyInterval, .divideInterval,
      .justifyHours, .justifyDays, .justifyInterval, .limitInterval, .makeInterval:
      return try intervals(function, arguments, type)
    case .roundTime, .makeTimestamp, .timestampOfEpoch, .dateBin, .atZone, .isFinite, .overlaps:
      return try times(function, arguments, type)
    case .formatTime, .parseTime: return try timePatterns(function, arguments, type)
    case .power, .round, .trunc, .ceil, .floor, .sqrt, .cbrt, .exp, .ln, .log10, .log, .sin, .cos,
      .tan, .asin, .acos, .atan, .atan2, .degrees, .radians, .pi:
      return mathematics(function, arguments.map(\.type), type)
    case .like, .ilike:
      return like(function, arguments)
    case .concat, .concatWithSeparator:
      guard arguments.allSatisfy({ $0.type == .text }) else { return nil }
      return joining(function, count: arguments.count)
    case .lower, .upper, .initcap, .length, .octetLength, .substring, .left, .right, .position,
      .replace, .translate, .trim, .trimLeading, .trimTrailing, .lpad, .rpad, .splitPart, .reverse,
      .repeat, .startsWith, .concatenate, .ascii, .chr:
      return text(function, arguments.map(\.type), type)
    }
  }
}
