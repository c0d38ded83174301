import Columnar

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Kernels {
  /// The kernel of a hyperbolic function or of one of degrees.
  static func moreTrigonometry(
    _ function: Function, _ arguments: [ColumnType], _ type: ColumnType
  ) -> KernelRecipe? {
    guard type == .double else { return nil }
    switch (function, arguments) {
    case (.sinh, [.double]): return doubles { (sinh($0), nil) }
    case (.cosh, [.double]): return doubles { (cosh($0), nil) }
    case (.tanh, [.double]): return doubles { (tanh($0), nil) }
    case (.asinh, [.double]): return doubles { (asinh($0), nil) }
    case (.acosh, [.double]): return doubles { (acosh($0), $0 < 1 ? outOfRange : nil) }
    case (.atanh, [.double]): return doubles { (atanh($0), $0.magnitude > 1 ? outOfRange : nil) }
    case (.cot, [.double]): return doubles { (1 / tan($0), $0.isInfinite ? outOfRange : nil) }
    case (.sind, [.double]): return degrees(Degrees.sine)
    case (.cosd, [.double]): return degrees(Degrees.cosine)
    case (.tand, [.double]): return degrees(Degrees.tangent)
    case (.cotd, [.double]): return degrees(Degrees.cotangent)
    case (.asind, [.double]):
      return doubles { (Degrees.arcsine($0), $0.magnitude > 1 ? outOfRange : nil) }
    case (.acosd, [.double]):
      return doubles { (Degrees.arccosine($0), $0.magnitude > 1 ? outOfRange : nil) }
    case (.atand, [.double]): return doubles { (Degrees.arctangent(atan($0)), nil) }
    case (.atan2d, [.double, .double]):
      return .strict { call in
        call.map { (y: Double, x: Double) in Degrees.arctangent(atan2(y, x)) }
      }
    default: return nil
    }
  }

  private static let outOfRange = "input is out of range"

  private static func degrees(_ apply: @escaping (Double) -> Double) -> KernelRecipe {
    doubles { value in
      if value.isInfinite { return (0, outOfRange) }
      return (value.isNaN ? value : apply(value), nil)
    }
  }
}
