import Columnar

extension AggregateState {
  /// The state for an aggregate call.
  ///
  /// - Throws: ``SQLError`` when there is none for the arguments' types.
  static func make(for call: AggregateCall) throws(SQLError) -> AggregateState {
    if let reduction = keptRowsReduction(for: call) { return KeptRowsState(call, reduction) }
    guard let state = streaming(call) else {
      let types = call.arguments.map(\.type.name).joined(separator: ", ")
      throw SQLError(
        position: call.position, "\(call.function.rawValue)(\(types)) is not supported")
    }
    guard (call.distinct && !call.function.ignoresRepeats) || !call.order.isEmpty else {
      return state
    }
    return KeptRowsState(call, StreamedReduction(state))
  }

  /// What computes an aggregate that needs all rows of a group at once; `nil` for the others.
  private static func keptRowsReduction(for call: AggregateCall) -> (any KeptRowsReduction)? {
    let fraction: Double? =
      if case .double(let fraction) = call.parameters.first { fraction } else { nil }
    return switch (call.function, call.arguments.first?.type) {
    case (.stringAgg, .text): JoinedTextReduction()
    case (.arrayAgg, .some): ArrayTextReduction()
    case (.percentileCont, .double): ContinuousPercentileReduction(fraction: fraction)
    case (.percentileDisc, .some): DiscretePercentileReduction(fraction: fraction)
    case (.mode, .some): ModeReduction()
    default: nil
    }
  }

  /// A state that takes rows in one by one.
  private static func streaming(_ call: AggregateCall) -> AggregateState? {
    let function = call.function
    let types = call.arguments.map(\.type)
    guard let type = types.first else { return function == .countStar ? CountState() : nil }
    switch function {
    case .count: return CountState()
    case .min, .max: return ExtremeState(type, isMaximum: function == .max)
    case .minBy, .maxBy:
      guard types.count > 1 else { return nil }
      return ExtremeByState(value: type, key: types[1], isMaximum: function == .maxBy)
    case .covarPop, .covarSamp, .corr, .regrSlope, .regrIntercept, .regrR2, .regrCount, .regrAvgx,
      .regrAvgy, .regrSxx, .regrSyy, .regrSxy:
      return types.prefix(2) == [.double, .double] ? RegressionState(function) : nil
    case .approxCountDistinct: return DistinctSketchState()
    case .approxPercentile, .approxTopK, .histogram:
      return bounded(function, type, call.parameters)
    default: return ofOne(function, type)
    }
  }

  /// A state whose size its constants decide.
  private static func bounded(
    _ function: AggregateFunction, _ type: ColumnType, _ parameters: [Literal]
  ) -> AggregateState? {
    switch (function, type, parameters.first, parameters.last) {
    case (.approxPercentile, .double, .double(let fraction), _):
      return QuantileSketchState(fraction: fraction)
    case (.approxTopK, .text, .integer(let count), _):
      return FrequentTextsState(wanted: Int(count))
    case (.histogram, .double, .double(let low), .integer(let buckets)):
      guard parameters.count == 3, case .double(let high) = parameters[1] else { return nil }
      return HistogramState(low: low, high: high, buckets: Int(buckets))
    default: return nil
    }
  }

  private static func ofOne(_ function: AggregateFunction, _ type: ColumnType) -> AggregateState? {
    switch (function, type) {
    case (.sum, .double): DoubleSumState(isAverage: false)
    case (.avg, .double): DoubleSumState(isAverage: true)
    case (.sum, .integer), (.sum, .bigint), (.sum, .numeric):
      ExactSumState(type, isAverage: false)
    case (.avg, .integer), (.avg, .bigint), (.avg, .numeric): ExactSumState(type, isAverage: true)
    case (.sum, .interval): IntervalSumState(isAverage: false)
    case (.avg, .interval): IntervalSumState(isAverage: true)
    case (.stddevPop, .double), (.stddevSamp, .double), (.varPop, .double), (.varSamp, .double):
      VarianceState(function)
    case (.stddevPop, .integer), (.stddevSamp, .integer), (.varPop, .integer),
      (.varSamp, .integer), (.stddevPop, .bigint), (.stddevSamp, .bigint), (.varPop, .bigint),
      (.varSamp, .bigint), (.stddevPop, .numeric), (.stddevSamp, .numeric), (.varPop, .numeric),
      (.varSamp, .numeric):
      ExactVarianceState(type, function)
    case (.boolAnd, .boolean): BooleanState(isOr: false)
    case (.boolOr, .boolean): BooleanState(isOr: true)
    case (.bitAnd, .integer), (.bitOr, .integer), (.bitXor, .integer), (.bitAnd, .bigint),
      (.bitOr, .bigint), (.bitXor, .bigint):
      BitState(function, type)
    default: nil
    }
  }
}
