import Columnar

extension Kernels {
  /// The kernel of a comparison of two values of `operand`.
  static func comparison(_ function: Function, _ operand: ColumnType) -> KernelRecipe? {
    switch operand {
    case .boolean: comparison(function, UInt8.self)
    case .integer, .date: comparison(function, Int32.self)
    case .bigint, .timestamp, .timestamptz: comparison(function, Int64.self)
    case .double: comparison(function, Double.self)
    case .numeric: comparison(function, Numeric.self)
    case .text: comparison(function, StringView.self)
    case .interval: comparison(function, Interval.self)
    }
  }

  @inline(__always)
  private static func comparison<Value: SQLComparable>(
    _ function: Function, _: Value.Type
  ) -> KernelRecipe? {
    switch function {
    case .equal:
      .strict { call in
        call.map { (left: Value, right: Value) -> UInt8 in Value.isEqual(left, right) ? 1 : 0 }
      }
    case .notEqual:
      .strict { call in
        call.map { (left: Value, right: Value) -> UInt8 in !Value.isEqual(left, right) ? 1 : 0 }
      }
    case .less:
      .strict { call in
        call.map { (left: Value, right: Value) -> UInt8 in Value.isLess(left, right) ? 1 : 0 }
      }
    case .lessOrEqual:
      .strict { call in
        call.map { (left: Value, right: Value) -> UInt8 in !Value.isLess(right, left) ? 1 : 0 }
      }
    case .greater:
      .strict { call in
        call.map { (left: Value, right: Value) -> UInt8 in Value.isLess(right, left) ? 1 : 0 }
      }
    case .greaterOrEqual:
      .strict { call in
        call.map { (left: Value, right: Value) -> UInt8 in !Value.isLess(left, right) ? 1 : 0 }
      }
    case .distinctFrom: distinctness(Value.self, whenDistinct: 1)
    case .notDistinctFrom: distinctness(Value.self, whenDistinct: 0)
    default: nil
    }
  }

  @inline(__always)
  private static func distinctness<Value: SQLComparable>(
    _: Value.Type, whenDistinct: UInt8
  ) -> KernelRecipe {
    .nonStrict { call in
      call.map { (left: Value, right: Value) -> UInt8 in
        Value.isEqual(left, right) ? 1 - whenDistinct : whenDistinct
      }
      guard call.inputs[0].hasNulls || call.inputs[1].hasNulls else { return }
      let result = call.result.values(as: UInt8.self)
      let left = call.inputs[0].validity
      let right = call.inputs[1].validity
      for row in 0..<call.count where left[row] & right[row] == 0 {
        result[row] = left[row] == right[row] ? 1 - whenDistinct : whenDistinct
      }
    }
  }

  /// The kernels of NULLIF, GREATEST and LEAST, which choose among their arguments.
  static func selection(_ function: Function, _ type: ColumnType, count: Int) -> KernelRecipe? {
    switch type {
    case .boolean: selection(function, UInt8.self, count)
    case .integer, .date: selection(function, Int32.self, count)
    case .bigint, .timestamp, .timestamptz: selection(function, Int64.self, count)
    case .double: selection(function, Double.self, count)
    case .numeric: selection(function, Numeric.self, count)
    case .text: selection(function, StringView.self, count)
    case .interval: selection(function, Interval.self, count)
    }
  }

  @inline(__always)
  private static func selection<Value: SQLComparable>(
    _ function: Function, _: Value.Type, _ count: Int
  ) -> KernelRecipe? {
    switch function {
    case .nullIf where count == 2: nullIf(Value.self)
    case .greatest where count > 0: extreme(Value.self) { Value.isLess($1, $0) }
    case .least where count > 0: extreme(Value.self) { Value.isLess($0, $1) }
    default: nil
    }
  }

  @inline(__always)
  private static func nullIf<Value: SQLComparable>(_: Value.Type) -> KernelRecipe {
    .nonStrict { call in
      let left = call.values(0, Value.self)
      let right = call.values(1, Value.self)
      let result = call.result.values(as: Value.self)
      for row in 0..<call.count {
        let valid = call.inputs[0].validity[row]
        result[row] = left[row]
        let equal =
          valid & call.inputs[1].validity[row] != 0 && Value.isEqual(left[row], right[row])
        if valid == 0 || equal { call.result.setNull(row) }
      }
    }
  }

  @inline(__always)
  private static func extreme<Value: SQLComparable>(
    _: Value.Type, _ isBetter: @escaping (Value, Value) -> Bool
  ) -> KernelRecipe {
    .nonStrict { call in
      let result = call.result.values(as: Value.self)
      for row in 0..<call.count {
        var found = false
        for input in call.inputs where input.validity[row] != 0 {
          let value = input.values(as: Value.self)[row]
          if !found || isBetter(value, result[row]) { result[row] = value }
          found = true
        }
        if !found { call.result.setNull(row) }
      }
    }
  }
}
