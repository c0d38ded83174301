import Columnar

extension Kernels {
  /// The kernel of a function of whole numbers or of numeric.
  static func exactMathematics(
    _ function: Function, _ arguments: [ColumnType], _ type: ColumnType
  ) -> KernelRecipe? {
    switch (function, arguments, type) {
    case (.div, [.numeric, .numeric], .numeric):
      exactPairs(Numeric.self) { left, right in
        if right.coefficient == 0 { throw EvaluationError(row: 0, divisionByZero) }
        return try fitting(left.truncatedQuotient(dividingBy: right))
      }
    case (.gcd, [.integer, .integer], .integer):
      exactPairs(Int32.self) { try divisor($0, $1, "integer out of range") }
    case (.gcd, [.bigint, .bigint], .bigint):
      exactPairs(Int64.self) { try divisor($0, $1, "bigint out of range") }
    case (.gcd, [.numeric, .numeric], .numeric):
      exactPairs(Numeric.self) { try fitting($0.greatestCommonDivisor($1)) }
    case (.lcm, [.integer, .integer], .integer):
      exactPairs(Int32.self) { try multiple($0, $1, "integer out of range") }
    case (.lcm, [.bigint, .bigint], .bigint):
      exactPairs(Int64.self) { try multiple($0, $1, "bigint out of range") }
    case (.lcm, [.numeric, .numeric], .numeric):
      exactPairs(Numeric.self) { try fitting($0.leastCommonMultiple($1)) }
    case (.factorial, [.bigint], .numeric): exactValues(factorial)
    case (.scale, [.numeric], .integer): exactValues { (value: Numeric) in value.scale }
    case (.minScale, [.numeric], .integer):
      exactValues { (value: Numeric) in value.normalized.scale }
    case (.trimScale, [.numeric], .numeric): exactValues { (value: Numeric) in value.normalized }
    case (.numericModifier, [.numeric, .integer, .integer], .numeric): numericModifier
    case (.widthBucket, [.double, .double, .double, .integer], .integer):
      buckets(Double.self, WidthBucket.bucket)
    case (.widthBucket, [.numeric, .numeric, .numeric, .integer], .integer):
      buckets(Numeric.self, WidthBucket.bucket)
    default: nil
    }
  }

  @inline(__always)
  private static func exactPairs<Value: BitwiseCopyable>(
    _: Value.Type, _ apply: @escaping (Value, Value) throws -> Value
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let left = call.values(0, Value.self)
      let right = call.values(1, Value.self)
      let output = call.result.values(as: Value.self)
      try call.forEachValid { row in output[row] = try apply(left[row], right[row]) }
    }
  }

  @inline(__always)
  private static func exactValues<Input: BitwiseCopyable, Output: BitwiseCopyable>(
    _ apply: @escaping (Input) throws -> Output
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let input = call.values(0, Input.self)
      let output = call.result.values(as: Output.self)
      try call.forEachValid { row in output[row] = try apply(input[row]) }
    }
  }

  private static func buckets<Value: BitwiseCopyable>(
    _: Value.Type, _ bucket: @escaping (Value, Value, Value, Int32) throws -> Int32
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let values = (0..<3).map { call.values($0, Value.self) }
      let output = call.result.values(as: Int32.self)
      try call.forEachValid { row in
        output[row] = try bucket(
          values[0][row], values[1][row], values[2][row], call.integer(3, row))
      }
    }
  }

  private static func fitting(_ value: Numeric?) throws -> Numeric {
    guard let value else { throw EvaluationError(row: 0, numericOverflow) }
    return value
  }

  private static func greatest<Value: FixedWidthInteger & SignedInteger>(
    _ left: Value, _ right: Value
  ) -> Value.Magnitude where Value.Magnitude: FixedWidthInteger {
    var (left, right) = (left.magnitude, right.magnitude)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }

  private static func divisor<Value: FixedWidthInteger & SignedInteger>(
    _ left: Value, _ right: Value, _ message: String
  ) throws -> Value where Value.Magnitude: FixedWidthInteger {
    guard let result = Value(exactly: greatest(left, right)) else {
      throw EvaluationError(row: 0, message)
    }
    return result
  }

  private static func multiple<Value: FixedWidthInteger & SignedInteger>(
    _ left: Value, _ right: Value, _ message: String
  ) throws -> Value where Value.Magnitude: FixedWidthInteger {
    if left == 0 || right == 0 { return 0 }
    let (product, overflow) = (left.magnitude / greatest(left, right))
      .multipliedReportingOverflow(by: right.magnitude)
    guard !overflow, let result = Value(exactly: product) else {
      throw EvaluationError(row: 0, message)
    }
    return result
  }

  private static func factorial(_ number: Int64) throws -> Numeric {
    guard number >= 0 else {
      throw EvaluationError(row: 0, "factorial of a negative number is undefined")
    }
    // 34! has 39 digits.
    guard number <= 33 else { throw EvaluationError(row: 0, numericOverflow) }
    var product: Int128 = 1
    for factor in stride(from: number, to: 1, by: -1) { product *= Int128(factor) }
    return Numeric(coefficient: product, scale: 0)
  }

  private static var numericModifier: KernelRecipe {
    .strict { call throws(EvaluationError) in
      let values = call.values(0, Numeric.self)
      let output = call.result.values(as: Numeric.self)
      try call.forEachValid { row in
        let precision = Int(call.integer(1, row))
        let scale = Int(call.integer(2, row))
        guard let rounded = values[row].rounded(toScale: scale),
          rounded.isBelow(powerOfTen: precision - scale)
        else { throw EvaluationError(row: row, "numeric field overflow") }
        output[row] = rounded
      }
    }
  }
}
