import Columnar

// The loops that kernels are made of. They are inlined into closures over concrete types, so that
// each kernel is a loop of its own over raw memory, with the operation inlined.
extension KernelCall {
  /// The values of input `index`.
  @inline(__always)
  func values<Value: BitwiseCopyable>(_ index: Int, _: Value.Type) -> UnsafePointer<Value> {
    UnsafePointer(inputs[index].values(as: Value.self))
  }

  /// Computes every row from one argument, NULL rows included: `apply` accepts any value.
  @inline(__always)
  func map<Input: BitwiseCopyable, Output: BitwiseCopyable>(_ apply: (Input) -> Output) {
    let input = values(0, Input.self)
    let output = result.values(as: Output.self)
    for row in 0..<count { output[row] = apply(input[row]) }
  }

  /// Computes every row from two arguments, NULL rows included: `apply` accepts any values.
  @inline(__always)
  func map<Left: BitwiseCopyable, Right: BitwiseCopyable, Output: BitwiseCopyable>(
    _ apply: (Left, Right) -> Output
  ) {
    guard count > 0 else { return }
    let left = values(0, Left.self)
    let right = values(1, Right.self)
    let output = result.values(as: Output.self)
    if constants[1] {
      let constant = right[0]
      for row in 0..<count { output[row] = apply(left[row], constant) }
    } else if constants[0] {
      let constant = left[0]
      for row in 0..<count { output[row] = apply(constant, right[row]) }
    } else {
      for row in 0..<count { output[row] = apply(left[row], right[row]) }
    }
  }

  /// As ``map(_:)``; `apply` also says whether the row fails. Rows are looked at one by one only
  /// when one of them failed.
  @inline(__always)
  func mapChecked<Input: BitwiseCopyable, Output: BitwiseCopyable>(
    _ message: @autoclosure () -> String, _ apply: (Input) -> (Output, Bool)
  ) throws(EvaluationError) {
    var failed = false
    map { (value: Input) -> Output in
      let (output, bad) = apply(value)
      failed = failed || bad
      return output
    }
    guard failed else { return }
    let input = values(0, Input.self)
    for row in 0..<count where result.validity[row] != 0 && apply(input[row]).1 {
      throw EvaluationError(row: row, message())
    }
  }

  /// As ``map(_:)`` with two arguments; `apply` also says whether the row fails.
  @inline(__always)
  func mapChecked<Left: BitwiseCopyable, Right: BitwiseCopyable, Output: BitwiseCopyable>(
    _ message: @autoclosure () -> String, _ apply: (Left, Right) -> (Output, Bool)
  ) throws(EvaluationError) {
    var failed = false
    map { (left: Left, right: Right) -> Output in
      let (output, bad) = apply(left, right)
      failed = failed || bad
      return output
    }
    guard failed else { return }
    let left = values(0, Left.self)
    let right = values(1, Right.self)
    for row in 0..<count where result.validity[row] != 0 && apply(left[row], right[row]).1 {
      throw EvaluationError(row: row, message())
    }
  }

  /// Calls `body` for each row whose result is not NULL, for kernels too dear for NULL rows or that
  /// fail in several ways; the others are left zero, or empty. What `body` throws gets the row.
  @inline(__always)
  func forEachValid(_ body: (Int) throws -> Void) throws(EvaluationError) {
    var row = 0
    do {
      while row < count {
        if result.validity[row] != 0 { try body(row) } else { clear(row) }
        row += 1
      }
    } catch {
      throw EvaluationError(row: row, (error as? EvaluationError)?.message ?? "\(error)")
    }
  }

  /// Writes zero, or the empty view, to a row of the result.
  @inline(__always)
  func clear(_ row: Int) {
    if result.type == .text {
      result.values(as: StringView.self)[row] = .empty
    } else {
      let stride = result.type.stride
      (result.storage + row * stride).initializeMemory(
        as: UInt8.self, repeating: 0, count: stride)
    }
  }
}
