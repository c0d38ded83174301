import Columnar

extension Kernels {
  /// The kernel of LIKE or ILIKE: text, pattern and perhaps the escape character.
  static func like(_ function: Function, _ arguments: [ExpressionNode]) -> KernelRecipe? {
    guard (2...3).contains(arguments.count), arguments.allSatisfy({ $0.type == .text }) else {
      return nil
    }
    let matcher = LikeMatcher(ignoresCase: function == .ilike)
    if function == .like, let pattern = constantPattern(arguments, matcher) {
      return .strict { call in
        call.map { (text: StringView, _: StringView) -> UInt8 in pattern.matches(text) ? 1 : 0 }
      }
    }
    return .strict { call throws(EvaluationError) in
      let output = call.result.values(as: UInt8.self)
      try call.forEachValid { row in
        let escape = call.inputs.count == 3 ? call.text(2, row) : nil
        output[row] =
          try matcher.matches(call.text(0, row), pattern: call.text(1, row), escape: escape) ? 1 : 0
      }
    }
  }

  /// The pattern, when it is a constant and a pattern; what is none fails where it is evaluated.
  private static func constantPattern(
    _ arguments: [ExpressionNode], _ matcher: LikeMatcher
  ) -> LikePattern? {
    let constants = arguments.dropFirst().compactMap { $0 as? ConstantNode }
    guard constants.count == arguments.count - 1, !constants.contains(where: \.isNull) else {
      return nil
    }
    let texts = constants.map { $0.value(as: StringView.self) }
    do {
      return try matcher.compiled(texts[0], texts.count > 1 ? texts[1] : nil)
    } catch {
      return nil
    }
  }
}
