import Columnar

extension Kernels {
  /// The kernel of an operator on the bits of integers.
  static func bits(
    _ function: Function, _ arguments: [ColumnType], _ type: ColumnType
  ) -> KernelRecipe? {
    switch (type, arguments) {
    case (.integer, [.integer]), (.integer, [.integer, .integer]): bits(function, Int32.self)
    case (.bigint, [.bigint]), (.bigint, [.bigint, .bigint]), (.bigint, [.bigint, .integer]):
      bits(function, Int64.self)
    default: nil
    }
  }

  private static func bits<Value: FixedWidthInteger & BitwiseCopyable>(
    _ function: Function, _: Value.Type
  ) -> KernelRecipe? {
    switch function {
    case .bitAnd: .strict { call in call.map { (left: Value, right: Value) in left & right } }
    case .bitOr: .strict { call in call.map { (left: Value, right: Value) in left | right } }
    case .bitXor: .strict { call in call.map { (left: Value, right: Value) in left ^ right } }
    case .bitNot: .strict { call in call.map { (value: Value) in ~value } }
    case .shiftLeft:
      .strict { call in
        call.map { (value: Value, count: Int32) in value &<< Value(truncatingIfNeeded: count) }
      }
    case .shiftRight:
      .strict { call in
        call.map { (value: Value, count: Int32) in value &>> Value(truncatingIfNeeded: count) }
      }
    default: nil
    }
  }

  /// The kernel of `num_nulls` and `num_nonnulls`.
  static func nullCount(_ function: Function) -> KernelRecipe {
    let wanted: UInt8 = function == .numNulls ? 0 : 1
    return .nonStrict { call in
      let output = call.result.values(as: Int32.self)
      for row in 0..<call.count {
        output[row] = call.inputs.reduce(0) { $0 + ($1.validity[row] == wanted ? 1 : 0) }
      }
    }
  }
}
