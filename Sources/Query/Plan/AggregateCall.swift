package import Columnar

/// One aggregate of a grouping.
package struct AggregateCall: Sendable, Equatable {
  package var function: AggregateFunction
  /// Over input rows: the arguments, and after them what only ``order`` reads; empty for `count(*)`.
  package var arguments: [Expression]
  /// Arguments that are constants for the whole query: fractions, bounds and numbers of results.
  package var parameters: [Literal]
  /// `count(DISTINCT x)` and the like: equal arguments count once.
  package var distinct: Bool
  /// `ORDER BY` inside the aggregate, or that of `WITHIN GROUP`; columns are indexes into
  /// ``arguments``. Empty where the result does not depend on it.
  package var order: [OrderKey]
  /// `FILTER (WHERE …)`, over input rows.
  package var filter: Expression?
  package var type: ColumnType
  /// Byte offset in the SQL text.
  package var position: Int

  package init(
    function: AggregateFunction, arguments: [Expression], parameters: [Literal] = [],
    distinct: Bool, order: [OrderKey] = [], filter: Expression?, type: ColumnType, position: Int
  ) {
    self.function = function
    self.arguments = arguments
    self.parameters = parameters
    self.distinct = distinct
    self.order = order
    self.filter = filter
    self.type = type
    self.position = position
  }

  /// Whether the rows' order can change the result.
  var dependsOnOrder: Bool {
    switch function {
    case .countStar, .count, .min, .max, .boolAnd, .boolOr, .bitAnd, .bitOr, .bitXor, .regrCount,
      .approxCountDistinct, .approxPercentile, .approxTopK, .histogram:
      false
    case .sum, .avg, .stddevPop, .stddevSamp, .varPop, .varSamp: arguments[0].type == .double
    default: true
    }
  }
}
