import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Kernels {
  /// The kernel of a mathematical function: of doubles, or for rounding of numerics.
  static func mathematics(
    _ function: Function, _ arguments: [ColumnType], _ type: ColumnType
  ) -> KernelRecipe? {
    switch (arguments, type) {
    case ([.double], .double): unaryMathematics(function) ?? trigonometry(function)
    case ([.double, .double], .double): binaryMathematics(function)
    case ([.numeric], .numeric): numericRounding(function)
    case ([.numeric, .integer], .numeric): numericRoundingToPlaces(function)
    case ([], .double) where function == .pi:
      .strict { call in
        call.result.values(as: Double.self).update(repeating: .pi, count: call.count)
      }
    default: nil
    }
  }

  /// One double in, one out; `apply` answers with a message where there is no value.
  @inline(__always)
  static func doubles(
    _ apply: @escaping (Double) -> (Double, String?)
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let input = call.values(0, Double.self)
      let output = call.result.values(as: Double.self)
      try call.forEachValid { row in
        let (value, failure) = apply(input[row])
        if let failure { throw EvaluationError(row: row, failure) }
        output[row] = value
      }
    }
  }

  private static func unaryMathematics(_ function: Function) -> KernelRecipe? {
    switch function {
    case .round: .strict { call in call.map { (value: Double) in value.rounded(.toNearestOrEven) } }
    case .trunc: .strict { call in call.map { (value: Double) in value.rounded(.towardZero) } }
    case .ceil: .strict { call in call.map { (value: Double) in value.rounded(.up) } }
    case .floor: .strict { call in call.map { (value: Double) in value.rounded(.down) } }
    case .sqrt:
      .strict { call throws(EvaluationError) in
        try call.mapChecked("cannot take square root of a negative number") { (value: Double) in
          (value.squareRoot(), value < 0)
        }
      }
    case .cbrt: doubles { (cbrt($0), nil) }
    case .exp:
      doubles { value in
        let result = exp(value)
        if value.isFinite, result == 0 { return (0, underflow) }
        return (result, rangeFailure(result, finite: value.isFinite))
      }
    case .ln: doubles { ($0 > 0 || $0.isNaN ? log($0) : 0, logarithmFailure($0)) }
    case .log10: doubles { ($0 > 0 || $0.isNaN ? log10($0) : 0, logarithmFailure($0)) }
    default: nil
    }
  }

  private static func logarithmFailure(_ value: Double) -> String? {
    if value == 0 { return "cannot take logarithm of zero" }
    return value < 0 ? "cannot take logarithm of a negative number" : nil
  }

  private static let outOfRange = "input is out of range"
  /// PostgreSQL's constant of the same name.
  private static let radiansPerDegree = 0.0174532925199432957692

  private static func trigonometry(_ function: Function) -> KernelRecipe? {
    switch function {
    case .sin: doubles { (sin($0), $0.isInfinite ? outOfRange : nil) }
    case .cos: doubles { (cos($0), $0.isInfinite ? outOfRange : nil) }
    case .tan: doubles { (tan($0), $0.isInfinite ? outOfRange : nil) }
    case .asin: doubles { (asin($0), $0.magnitude > 1 ? outOfRange : nil) }
    case .acos: doubles { (acos($0), $0.magnitude > 1 ? outOfRange : nil) }
    case .atan: doubles { (atan($0), nil) }
    case .degrees:
      doubles {
        let result = $0 / radiansPerDegree
        return (result, rangeFailure(result, finite: $0.isFinite))
      }
    case .radians:
      doubles {
        let result = $0 * radiansPerDegree
        return (result, result == 0 && $0 != 0 ? underflow : nil)
      }
    default: nil
    }
  }

  private static func binaryMathematics(_ function: Function) -> KernelRecipe? {
    switch function {
    case .power: doublePairs(raise)
    case .atan2: doublePairs { (atan2($0, $1), nil) }
    case .log:
      doublePairs { base, value in
        if let failure = logarithmFailure(base) ?? logarithmFailure(value) { return (0, failure) }
        let divisor = log(base)
        return divisor == 0 ? (0, divisionByZero) : (log(value) / divisor, nil)
      }
    default: nil
    }
  }

  private static func doublePairs(
    _ apply: @escaping (Double, Double) -> (Double, String?)
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let left = call.values(0, Double.self)
      let right = call.values(1, Double.self)
      let output = call.result.values(as: Double.self)
      try call.forEachValid { row in
        let (value, failure) = apply(left[row], right[row])
        if let failure { throw EvaluationError(row: row, failure) }
        output[row] = value
      }
    }
  }

  /// PostgreSQL's `dpow`.
  private static func raise(_ base: Double, _ exponent: Double) -> (Double, String?) {
    if base.isNaN { return (exponent == 0 ? 1 : .nan, nil) }
    if exponent.isNaN { return (base == 1 ? 1 : .nan, nil) }
    if base == 0, exponent < 0 {
      return (0, "zero raised to a negative power is undefined")
    }
    if base < 0, exponent.isFinite, exponent != exponent.rounded(.down) {
      return (0, "a negative number raised to a non-integer power yields a complex result")
    }
    let result = pow(base, exponent)
    let finite = base.isFinite && exponent.isFinite
    if finite, result == 0, base != 0 { return (0, underflow) }
    return (result, rangeFailure(result, finite: finite))
  }

  private static func numericRounding(_ function: Function) -> KernelRecipe? {
    switch function {
    case .ceil: .strict { call in call.map { (value: Numeric) in value.ceiling() } }
    case .floor: .strict { call in call.map { (value: Numeric) in value.floor() } }
    case .round:
      .strict { call in call.map { (value: Numeric) in value.rounded(toScale: 0) ?? value } }
    case .trunc:
      .strict { call in call.map { (value: Numeric) in value.truncated(toScale: 0) ?? value } }
    default: nil
    }
  }

  private static func numericRoundingToPlaces(_ function: Function) -> KernelRecipe? {
    guard function == .round || function == .trunc else { return nil }
    let rounds = function == .round
    return .strict { call throws(EvaluationError) in
      let values = call.values(0, Numeric.self)
      let places = call.values(1, Int32.self)
      let output = call.result.values(as: Numeric.self)
      try call.forEachValid { row in
        let scale = Int(places[row])
        let value =
          rounds
          ? values[row].rounded(toScale: scale) : values[row].truncated(toScale: scale)
        guard let value else { throw EvaluationError(row: row, numericOverflow) }
        output[row] = value
      }
    }
  }
}
