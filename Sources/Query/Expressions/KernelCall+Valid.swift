import Columnar

// Loops for kernels that are too dear for rows that are NULL, or trap or fail on what stands there.
extension KernelCall {
  /// Computes the rows that are not NULL from one argument; `nil` fails with `message`.
  @inline(__always)
  func mapValid<Input: BitwiseCopyable, Output: BitwiseCopyable>(
    _ message: String, _ apply: (Input) -> Output?
  ) throws(EvaluationError) {
    let input = values(0, Input.self)
    let output = result.values(as: Output.self)
    try forEachValid { row in
      guard let value = apply(input[row]) else { throw EvaluationError(row: row, message) }
      output[row] = value
    }
  }

  /// Computes the rows that are not NULL from two arguments; `nil` fails with `message`.
  @inline(__always)
  func mapValid<Left: BitwiseCopyable, Right: BitwiseCopyable, Output: BitwiseCopyable>(
    _ message: String, _ apply: (Left, Right) -> Output?
  ) throws(EvaluationError) {
    let left = values(0, Left.self)
    let right = values(1, Right.self)
    let output = result.values(as: Output.self)
    try forEachValid { row in
      guard let value = apply(left[row], right[row]) else {
        throw EvaluationError(row: row, message)
      }
      output[row] = value
    }
  }
}
