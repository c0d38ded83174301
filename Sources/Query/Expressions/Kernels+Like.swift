import Columnar

extension Kernels {
  /// The kernel of LIKE or ILIKE: text, pattern and perhaps the escape character.
  static func like(_ function: Function, _ arguments: [ExpressionNode]) -> KernelRecipe? {
    guard (2...3).contains(arguments.count), arguments.allSatisfy({ $0.type == .text }) else {
      return nil
    }
    let matcher = LikeMatcher(ignoresCase: function == .ilike)
    return .strict { call throws(EvaluationError) in
      let output = call.result.values(as: UInt8.self)
      try call.forEachValid { row in
        let escape = call.inputs.count == 3 ? call.text(2, row) : nil
        output[row] =
          try matcher.matches(call.text(0, row), pattern: call.text(1, row), escape: escape) ? 1 : 0
      }
    }
  }
}
