import Columnar

/// What a kernel works on: argument vectors and the vector to fill.
///
/// For strict functions the NULL marks of ``result`` are set before the kernel runs; a kernel may
/// write anything valid to rows that are NULL, and must not fail for them.
struct KernelCall {
  let inputs: [ColumnVector]
  /// Which inputs hold the same value in every row.
  let constants: [Bool]
  let result: ColumnVector
  let count: Int
  /// Where the bytes of text results go.
  let arena: ByteArena
}

/// Computes all rows of a call; a thrown error names the row.
typealias Kernel = (KernelCall) throws(EvaluationError) -> Void

/// A kernel and how it treats NULL.
struct KernelRecipe {
  let kernel: Kernel
  /// Whether the result is NULL wherever an argument is, without the kernel's doing.
  let isStrict: Bool

  static func strict(_ kernel: @escaping Kernel) -> KernelRecipe {
    KernelRecipe(kernel: kernel, isStrict: true)
  }

  static func nonStrict(_ kernel: @escaping Kernel) -> KernelRecipe {
    KernelRecipe(kernel: kernel, isStrict: false)
  }
}
