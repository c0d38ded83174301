import Columnar

/// The aggregates of the dialect by PostgreSQL's names, and some that PostgreSQL has not.
enum AggregateCatalog {
  /// One overload of an aggregate.
  struct Signature: Sendable {
    /// The parameters; those of an ordered-set aggregate end with what WITHIN GROUP orders by.
    var parameters: [Parameter]
    var result: Result

    init(_ parameters: [Parameter], _ result: Result) {
      self.parameters = parameters
      self.result = result
    }

    /// From these types to that one.
    init(_ types: [ColumnType], _ result: ColumnType) {
      self.init(types.map { .type($0) }, .type(result))
    }
  }

  /// What a parameter takes.
  enum Parameter: Sendable {
    /// A value of the type; what is passed is converted to it.
    case type(ColumnType)
    /// A constant of the type, the same for the whole query.
    case constant(ColumnType)
    /// A value of any type.
    case any
    /// A value of any type that must be known, because the result depends on it.
    case element
  }

  /// The type of a result.
  enum Result: Sendable {
    case type(ColumnType)
    /// That of the argument with this index.
    case ofArgument(Int)
  }

  /// An aggregate and its overloads.
  struct Entry: Sendable {
    var function: AggregateFunction
    var signatures: [Signature]

    init(_ function: AggregateFunction, _ signatures: [Signature]) {
      self.function = function
      self.signatures = signatures
    }
  }

  /// The aggregate called `name`.
  static func aggregate(named name: String) -> Entry? { all[name] }

  /// All names, for suggestions.
  static var names: [String] { all.keys.sorted() }

  private static let all: [String: Entry] =
    usual.merging(ofPairs) { first, _ in first }.merging(ofSets) { first, _ in first }
    .merging(approximate) { first, _ in first }

  private static let usual: [String: Entry] = [
    "count": Entry(.count, [Signature([.any], .type(.bigint))]),
    "sum": Entry(
      .sum,
      [
        Signature([.integer], .bigint), Signature([.bigint], .numeric),
        Signature([.numeric], .numeric), Signature([.double], .double),
        Signature([.interval], .interval),
      ]),
    "avg": Entry(.avg, mean(.avg).signatures + [Signature([.interval], .interval)]),
    "min": extreme(.min), "max": extreme(.max),
    "stddev": mean(.stddevSamp), "stddev_samp": mean(.stddevSamp),
    "stddev_pop": mean(.stddevPop), "variance": mean(.varSamp), "var_samp": mean(.varSamp),
    "var_pop": mean(.varPop),
    "bool_and": truth(.boolAnd), "every": truth(.boolAnd), "bool_or": truth(.boolOr),
    "bit_and": bits(.bitAnd), "bit_or": bits(.bitOr), "bit_xor": bits(.bitXor),
  ]

  private static let ofPairs: [String: Entry] = [
    "covar_pop": pair(.covarPop), "covar_samp": pair(.covarSamp), "corr": pair(.corr),
    "regr_slope": pair(.regrSlope), "regr_intercept": pair(.regrIntercept),
    "regr_r2": pair(.regrR2), "regr_count": pair(.regrCount, .bigint),
    "regr_avgx": pair(.regrAvgx), "regr_avgy": pair(.regrAvgy), "regr_sxx": pair(.regrSxx),
    "regr_syy": pair(.regrSyy), "regr_sxy": pair(.regrSxy),
    "min_by": Entry(.minBy, [Signature([.element, .element], .ofArgument(0))]),
    "max_by": Entry(.maxBy, [Signature([.element, .element], .ofArgument(0))]),
  ]

  private static let ofSets: [String: Entry] = [
    "string_agg": Entry(.stringAgg, [Signature([.text, .text], .text)]),
    "array_agg": Entry(.arrayAgg, [Signature([.element], .type(.text))]),
    "percentile_cont": Entry(
      .percentileCont, [Signature([.constant(.double), .type(.double)], .type(.double))]),
    "percentile_disc": Entry(
      .percentileDisc, [Signature([.constant(.double), .element], .ofArgument(1))]),
    "mode": Entry(.mode, [Signature([.element], .ofArgument(0))]),
  ]

  private static let approximate: [String: Entry] = [
    "approx_count_distinct": Entry(.approxCountDistinct, [Signature([.any], .type(.bigint))]),
    "approx_percentile": Entry(
      .approxPercentile, [Signature([.type(.double), .constant(.double)], .type(.double))]),
    "approx_top_k": Entry(
      .approxTopK, [Signature([.any, .constant(.integer)], .type(.text))]),
    "histogram": Entry(
      .histogram,
      [
        Signature(
          [.type(.double), .constant(.double), .constant(.double), .constant(.integer)],
          .type(.text))
      ]),
  ]

  /// Numeric of exact numbers, double precision of double precision.
  private static func mean(_ function: AggregateFunction) -> Entry {
    Entry(
      function,
      [ColumnType.integer, .bigint, .numeric].map { Signature([$0], .numeric) }
        + [Signature([.double], .double)])
  }

  private static func extreme(_ function: AggregateFunction) -> Entry {
    Entry(
      function, ColumnType.allCases.filter { $0 != .boolean }.map { Signature([$0], $0) })
  }

  private static func truth(_ function: AggregateFunction) -> Entry {
    Entry(function, [Signature([.boolean], .boolean)])
  }

  private static func bits(_ function: AggregateFunction) -> Entry {
    Entry(function, [ColumnType.integer, .bigint].map { Signature([$0], $0) })
  }

  private static func pair(
    _ function: AggregateFunction, _ result: ColumnType = .double
  ) -> Entry {
    Entry(function, [Signature([.double, .double], result)])
  }
}
