import Columnar

extension Kernels {
  /// The kernel of a regular expression's function.
  static func regex(
    _ function: Function, _ arguments: [ExpressionNode], _ type: ColumnType
  ) -> KernelRecipe? {
    guard arguments.count >= 2, arguments[0].type == .text, arguments[1].type == .text,
      let places = RegexArguments(function, arguments.map(\.type))
    else { return nil }
    let evaluator = RegexEvaluator(places, arguments)
    switch (function, type) {
    case (.regexMatches, .boolean), (.regexMatchesIgnoringCase, .boolean), (.regexLike, .boolean):
      return .strict { call throws(EvaluationError) in
        let output = call.result.values(as: UInt8.self)
        try call.forEachValid { row in
          output[row] = try evaluator.expression(call, row).matches(call.text(0, row)) ? 1 : 0
        }
      }
    case (.regexReplace, .text):
      return texts { call, row in try replaced(call, row, evaluator, places) }
    case (.regexSubstring, .text):
      return optionalTexts { call, row in
        let expression = try evaluator.expression(call, row)
        return try nthCapture(
          expression.captureCount == 0 ? 0 : 1, of: expression, call, row, evaluator)
      }
    case (.regexCapture, .text):
      let group = places.group ?? 0
      return optionalTexts { call, row in
        let expression = try evaluator.expression(call, row)
        let number = Int(call.integer(group, row))
        guard number >= 1, number <= max(expression.captureCount, 1) else { return nil }
        return try nthCapture(
          expression.captureCount == 0 ? 0 : number, of: expression, call, row, evaluator)
      }
    case (.regexCount, .integer): return count(evaluator)
    case (.regexPosition, .integer): return position(evaluator, places)
    case (.regexSubstr, .text):
      return optionalTexts { call, row in
        try occurrence(call, row, evaluator, places).map { call.text(0, row).part($0) }
      }
    default: return nil
    }
  }

  /// The kernel of `similar_to_escape`.
  static func similarPattern(_ arguments: [ColumnType], _ type: ColumnType) -> KernelRecipe? {
    guard type == .text, arguments.allSatisfy({ $0 == .text }) else { return nil }
    return texts { call, row in
      do throws(RegexError) {
        let escape = call.inputs.count > 1 ? call.text(1, row).string : "\\"
        return call.arena.copy(
          try SimilarPattern.regularExpression(call.text(0, row).string, escape: escape))
      } catch {
        throw EvaluationError(row: row, error.message)
      }
    }
  }

  /// One text, or NULL, for each row whose arguments are not NULL.
  @inline(__always)
  static func optionalTexts(
    _ make: @escaping (KernelCall, Int) throws -> StringView?
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let output = call.result.values(as: StringView.self)
      try call.forEachValid { row in
        if let text = try make(call, row) { output[row] = text } else { call.result.setNull(row) }
      }
    }
  }

  private static func replaced(
    _ call: KernelCall, _ row: Int, _ evaluator: RegexEvaluator, _ places: RegexArguments
  ) throws -> StringView {
    let expression = try evaluator.expression(call, row)
    let isOpen = places.start == nil
    let occurrence = try evaluator.value(
      places.occurrence, "n", call, row,
      default: isOpen && expression.options.isGlobal ? 0 : 1, minimum: 0)
    guard let start = try evaluator.start(call, row) else { return call.text(0, row) }
    return try evaluator.replaced(call, row, from: start, occurrence: occurrence)
  }

  /// What parentheses `number` captured in the first match; the match itself for 0.
  private static func nthCapture(
    _ number: Int, of expression: RegularExpression, _ call: KernelCall, _ row: Int,
    _ evaluator: RegexEvaluator
  ) throws -> StringView? {
    let text = call.text(0, row)
    guard let match = expression.find(text, from: 0) else { return nil }
    if number == 0 { return text.part(match) }
    return try evaluator.captures(expression, text, match)[number].map { text.part($0) }
  }

  private static func count(_ evaluator: RegexEvaluator) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let output = call.result.values(as: Int32.self)
      try call.forEachValid { row in
        output[row] = 0
        guard let start = try evaluator.start(call, row) else { return }
        var matches = RegexMatches(
          try evaluator.expression(call, row), call.text(0, row), from: start)
        while matches.next() != nil { output[row] += 1 }
      }
    }
  }

  private static func position(
    _ evaluator: RegexEvaluator, _ places: RegexArguments
  ) -> KernelRecipe {
    .strict { call throws(EvaluationError) in
      let output = call.result.values(as: Int32.self)
      try call.forEachValid { row in
        let atEnd = try evaluator.value(
          places.atEnd, "endoption", call, row, default: 0, minimum: 0, maximum: 1)
        let text = call.text(0, row)
        output[row] =
          try occurrence(call, row, evaluator, places).map { match in
            let offset = atEnd == 1 ? match.upperBound : match.lowerBound
            return Int32(clamping: text.part(0..<offset).scalarCount + 1)
          } ?? 0
      }
    }
  }

  /// The match, or what parentheses captured in it, that `regexp_instr` and `regexp_substr` mean.
  private static func occurrence(
    _ call: KernelCall, _ row: Int, _ evaluator: RegexEvaluator, _ places: RegexArguments
  ) throws -> Range<Int>? {
    let start = try evaluator.start(call, row)
    let wanted = try evaluator.value(
      places.occurrence, "n", call, row, default: 1, minimum: 1)
    let group = try evaluator.value(places.group, "subexpr", call, row, default: 0, minimum: 0)
    guard let start else { return nil }
    let expression = try evaluator.expression(call, row)
    let text = call.text(0, row)
    var matches = RegexMatches(expression, text, from: start)
    var found: Range<Int>?
    for _ in 0..<wanted {
      found = matches.next()
      if found == nil { return nil }
    }
    // Without parentheses the match counts as the first of them.
    guard let found, group <= max(expression.captureCount, 1) else { return nil }
    if group == 0 || expression.captureCount == 0 { return found }
    return try evaluator.captures(expression, text, found)[group]
  }
}
