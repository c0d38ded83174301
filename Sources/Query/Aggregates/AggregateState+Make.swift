import Columnar

extension AggregateState {
  /// The state for an aggregate call.
  ///
  /// - Throws: ``SQLError`` when there is none for the argument's type.
  static func make(for call: AggregateCall) throws(SQLError) -> AggregateState {
    let argument = call.argument?.type
    guard let state = make(call.function, argument) else {
      let types = argument?.name ?? ""
      throw SQLError(
        position: call.position, "\(call.function.rawValue)(\(types)) is not supported")
    }
    // A value seen twice changes nothing in these.
    let ignoresRepeats: [AggregateFunction] = [.min, .max, .boolAnd, .boolOr]
    guard call.distinct, let argument, !ignoresRepeats.contains(call.function) else {
      return state
    }
    return DistinctState(state, argument: argument)
  }

  private static func make(
    _ function: AggregateFunction, _ argument: ColumnType?
  ) -> AggregateState? {
    switch (function, argument) {
    case (.countStar, nil): CountState()
    case (.count, .some): CountState()
    case (.sum, .double): DoubleSumState(isAverage: false)
    case (.avg, .double): DoubleSumState(isAverage: true)
    case (.sum, .integer?), (.sum, .bigint?), (.sum, .numeric?):
      argument.map { ExactSumState($0, isAverage: false) }
    case (.avg, .integer?), (.avg, .bigint?), (.avg, .numeric?):
      argument.map { ExactSumState($0, isAverage: true) }
    case (.sum, .interval?): IntervalSumState(isAverage: false)
    case (.avg, .interval?): IntervalSumState(isAverage: true)
    case (.min, let type?): ExtremeState(type, isMaximum: false)
    case (.max, let type?): ExtremeState(type, isMaximum: true)
    case (.stddevPop, .double), (.stddevSamp, .double), (.varPop, .double), (.varSamp, .double):
      VarianceState(function)
    case (.boolAnd, .boolean): BooleanState(isOr: false)
    case (.boolOr, .boolean): BooleanState(isOr: true)
    default: nil
    }
  }
}
