import Columnar

extension ExpressionBinder {
  /// Chooses the overload of an aggregate for these operands, and converts them to its parameters.
  func bindArguments(
    _ operands: [Operand], of entry: AggregateCatalog.Entry, _ name: String,
    into call: inout AggregateCall
  ) throws(SQLError) {
    if operands.isEmpty, entry.function == .count {
      throw SQLError(
        position: call.position,
        "count(*) must be used to call a parameterless aggregate function")
    }
    let shown = Self.shown(name, operands)
    let signatures = entry.signatures.filter { $0.parameters.count == operands.count }
    guard !signatures.isEmpty else {
      throw SQLError(
        position: call.position,
        "function \(shown) does not exist; \(Self.usage(name, entry))")
    }
    let candidates = signatures.map { signature in
      zip(signature.parameters, operands).map { Self.type(of: $0, given: $1) }
    }
    switch OverloadResolver.choose(operands.map(\.type), among: candidates, isOperator: false) {
    // PostgreSQL also has sums and means of intervals, so that a quoted constant stays open.
    case .one where operands[0].isUntyped && (entry.function == .sum || entry.function == .avg),
      .ambiguous:
      throw SQLError(
        position: call.position,
        "function \(shown) is not unique; give the constant a type, such as '…'::integer")
    case .one(let index): try take(operands, signatures[index], candidates[index], name, &call)
    case .none:
      throw SQLError(
        position: call.position,
        "function \(shown) does not exist; \(Self.help(entry.function, operands[0]))")
    }
  }

  /// The type a parameter has when `operand` is passed for it.
  private static func type(
    of parameter: AggregateCatalog.Parameter, given operand: Operand
  ) -> ColumnType {
    switch parameter {
    case .type(let type), .constant(let type): type
    case .any, .element: operand.type ?? .text
    }
  }

  private func take(
    _ operands: [Operand], _ signature: AggregateCatalog.Signature, _ types: [ColumnType],
    _ name: String, _ call: inout AggregateCall
  ) throws(SQLError) {
    for ((operand, parameter), type) in zip(zip(operands, signature.parameters), types) {
      if case .element = parameter, operand.isUntyped {
        throw SQLError(
          position: operand.position,
          "could not determine polymorphic type because input has type unknown; "
            + "give the constant a type, such as '…'::text")
      }
      let isShown = call.function == .approxTopK && call.arguments.isEmpty
      let expression = try coerce(operand, to: isShown ? .text : type)
      guard case .constant = parameter else {
        call.arguments.append(expression)
        continue
      }
      guard case .literal(let literal, _) = expression else {
        throw SQLError(
          position: operand.position,
          "this argument of \(name) must be a constant; it is the same for all rows")
      }
      if let problem = call.function.problem(literal, at: call.parameters.count) {
        throw SQLError(position: operand.position, problem)
      }
      call.parameters.append(literal)
    }
    if call.function == .histogram, case .double(let low) = call.parameters[0],
      case .double(let high) = call.parameters[1], low >= high
    {
      throw SQLError(
        position: call.position, "lower bound must be below upper bound in \(name)")
    }
    switch signature.result {
    case .type(let type): call.type = type
    case .ofArgument(let index): call.type = types[index]
    }
  }

  private static func usage(_ name: String, _ entry: AggregateCatalog.Entry) -> String {
    let words = ["no argument", "one argument", "two arguments", "three arguments"]
    let count = entry.signatures.first?.parameters.count ?? 0
    switch entry.function {
    case .mode: return "write mode() WITHIN GROUP (ORDER BY …)"
    case .percentileCont, .percentileDisc:
      return "write \(name)(0.5) WITHIN GROUP (ORDER BY …)"
    case .histogram: return "write histogram(value, low, high, buckets)"
    case .approxPercentile: return "write approx_percentile(value, 0.5)"
    case .approxTopK: return "write approx_top_k(value, 10)"
    default: return "\(name) takes \(words.indices.contains(count) ? words[count] : "\(count)")"
    }
  }

  private static func help(_ function: AggregateFunction, _ operand: Operand) -> String {
    switch (function, operand.type) {
    case (.min, .boolean?): "use bool_and(…)"
    case (.max, .boolean?): "use bool_or(…)"
    case (.boolAnd, _), (.boolOr, _): "it takes a condition, such as … > 0"
    case (.bitAnd, _), (.bitOr, _), (.bitXor, _): "it takes an integer or a bigint"
    case (.stringAgg, _): "it takes texts; add a cast, such as CAST(… AS text)"
    case (_, .boolean?): "count rows with count(*) FILTER (WHERE …)"
    default: "add a cast, such as CAST(… AS double precision)"
    }
  }
}

extension AggregateFunction {
  /// What is wrong with a constant argument, or `nil`.
  fileprivate func problem(_ literal: Literal, at index: Int) -> String? {
    switch (self, literal) {
    case (.percentileCont, .null), (.percentileDisc, .null): nil
    case (_, .null): "this argument of \(rawValue) must not be NULL"
    case (.percentileCont, .double(let fraction)), (.percentileDisc, .double(let fraction)),
      (.approxPercentile, .double(let fraction)):
      fraction >= 0 && fraction <= 1
        ? nil
        : "percentile value \(literal.sql(as: .double)) is not between 0 and 1"
    case (.histogram, .double(let bound)):
      bound.isFinite ? nil : "lower and upper bounds must be finite"
    case (.histogram, .integer(let count)):
      (1...1_000).contains(count) ? nil : "a histogram has 1 to 1000 buckets"
    case (.approxTopK, .integer(let count)):
      (1...1_000).contains(count) ? nil : "approx_top_k gives 1 to 1000 values"
    default: nil
    }
  }
}
