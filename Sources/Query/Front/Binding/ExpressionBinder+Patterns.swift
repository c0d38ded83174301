import Columnar

extension ExpressionBinder {
  /// Refuses a constant pattern that is none; the constant that a call of constants comes to, where
  /// later binding needs to know it.
  func checkPattern(
    _ function: Function, _ arguments: [Expression], _ operands: [Operand]
  ) throws(SQLError) -> Expression? {
    let position = { (index: Int) in index < operands.count ? operands[index].position : nil }
    if function == .similarPattern { return try similarConstant(arguments, at: position(0)) }
    if function == .toCharNumber, case .literal(.text(let text), _) = arguments[1] {
      do throws(NumberPatternError) {
        _ = try NumberPattern(text)
      } catch {
        throw SQLError(position: position(1), error.message)
      }
    }
    guard let call = RegexArguments(function, arguments.map(\.type)) else { return nil }
    var options = RegexOptions()
    if let index = call.flags {
      guard case .literal(let flags, _) = arguments[index] else { return nil }
      guard case .text(let text) = flags else { return nil }
      options = try pattern(at: position(index)) { () throws(RegexError) in
        try call.options(text)
      }
    }
    options.ignoresCase = options.ignoresCase || call.ignoresCase
    guard case .literal(.text(let text), _) = arguments[1] else { return nil }
    _ = try pattern(at: position(1)) { () throws(RegexError) in
      try RegularExpression(text, options)
    }
    return nil
  }

  /// `substring(text, pattern, escape)`: what the part of the pattern between escaped quotes
  /// matches.
  func similarSubstring(
    _ arguments: [Expression], _ operands: [Operand], at position: Int
  ) throws(SQLError) -> Operand {
    let parts = Array(arguments.dropFirst())
    let similar =
      try checkPattern(.similarPattern, parts, Array(operands.dropFirst()))
      ?? .call(.similarPattern, parts, type: .text, position: position)
    let call = [arguments[0], similar]
    _ = try checkPattern(.regexSubstring, call, operands)
    return Operand(
      .call(.regexSubstring, call, type: .text, position: position), at: position)
  }

  /// A subscript, which only the result of `regexp_match` has.
  mutating func bindSubscript(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["arg", "indirection"])
    let parts = try node.nodes("indirection")
    guard let call = try node.node("arg"), call.kind == "FuncCall", parts.count == 1,
      parts[0].kind == "A_Indices", try functionName(call) == "regexp_match"
    else { throw Unsupported.node(node) }
    try call.allow(["funcname", "args", "funcformat"])
    try parts[0].allow(["uidx"])
    var operands = try bindAll("args", of: call)
    operands.append(try bind("uidx", of: parts[0]))
    let name = "regexp_match"
    let overloads = FunctionCatalog.capture.filter { $0.parameters.count == operands.count }
    guard
      case .one(let index) = OverloadResolver.choose(
        operands.map(\.type), among: overloads.map(\.parameters), isOperator: false)
    else {
      throw SQLError(
        position: call.position,
        "function \(Self.shown(name, operands.dropLast())) with this subscript does not exist; "
          + "it takes texts, and the subscript is an integer")
    }
    return try build(
      overloads[index], operands, named: name, at: call.position, start: call.position)
  }

  private func similarConstant(
    _ arguments: [Expression], at position: Int?
  ) throws(SQLError) -> Expression? {
    var texts: [String] = []
    for argument in arguments {
      guard case .literal(let literal, _) = argument else { return nil }
      guard case .text(let text) = literal else { return .literal(.null, type: .text) }
      texts.append(text)
    }
    let text = try pattern(at: position) { () throws(RegexError) in
      try SimilarPattern.regularExpression(
        texts[0], escape: texts.count > 1 ? texts[1] : "\\")
    }
    return .literal(.text(text), type: .text)
  }

  private func pattern<Result>(
    at position: Int?, _ body: () throws(RegexError) -> Result
  ) throws(SQLError) -> Result {
    do throws(RegexError) {
      return try body()
    } catch {
      throw SQLError(position: position, error.message)
    }
  }
}
