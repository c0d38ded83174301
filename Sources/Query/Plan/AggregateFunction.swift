/// An aggregate function; raw values are the names in SQL.
package enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
  case countStar = "count(*)"
  case count, sum, avg, min, max
  case stddevPop = "stddev_pop"
  case stddevSamp = "stddev_samp"
  case varPop = "var_pop"
  case varSamp = "var_samp"
  case boolAnd = "bool_and"
  case boolOr = "bool_or"
  case bitAnd = "bit_and"
  case bitOr = "bit_or"
  case bitXor = "bit_xor"
  // Of two numbers, the dependent one first; rows where either is NULL do not count.
  case covarPop = "covar_pop"
  case covarSamp = "covar_samp"
  case corr
  case regrSlope = "regr_slope"
  case regrIntercept = "regr_intercept"
  case regrR2 = "regr_r2"
  case regrCount = "regr_count"
  case regrAvgx = "regr_avgx"
  case regrAvgy = "regr_avgy"
  case regrSxx = "regr_sxx"
  case regrSyy = "regr_syy"
  case regrSxy = "regr_sxy"
  // A value, and the key whose extreme decides.
  case minBy = "min_by"
  case maxBy = "max_by"
  // Over all values of a group, in order.
  case stringAgg = "string_agg"
  case arrayAgg = "array_agg"
  case percentileCont = "percentile_cont"
  case percentileDisc = "percentile_disc"
  case mode
  // With a stated error, in bounded memory.
  case approxCountDistinct = "approx_count_distinct"
  case approxPercentile = "approx_percentile"
  case approxTopK = "approx_top_k"
  case histogram
}

extension AggregateFunction {
  /// Indexes of the arguments that must not be NULL for a row to count.
  var requiredArguments: [Int] {
    switch self {
    case .countStar, .arrayAgg: []
    case .covarPop, .covarSamp, .corr, .regrSlope, .regrIntercept, .regrR2, .regrCount, .regrAvgx,
      .regrAvgy, .regrSxx, .regrSyy, .regrSxy:
      [0, 1]
    case .minBy, .maxBy: [1]
    default: [0]
    }
  }

  /// Arguments that are not constants of the query.
  var argumentCount: Int {
    switch self {
    case .countStar: 0
    case .covarPop, .covarSamp, .corr, .regrSlope, .regrIntercept, .regrR2, .regrCount, .regrAvgx,
      .regrAvgy, .regrSxx, .regrSyy, .regrSxy, .minBy, .maxBy, .stringAgg:
      2
    default: 1
    }
  }

  /// Whether `WITHIN GROUP (ORDER BY …)` says what is aggregated.
  var isOrderedSet: Bool {
    switch self {
    case .percentileCont, .percentileDisc, .mode: true
    default: false
    }
  }

  /// Whether PostgreSQL does not have it.
  var isOwn: Bool {
    switch self {
    case .minBy, .maxBy, .approxCountDistinct, .approxPercentile, .approxTopK, .histogram: true
    default: false
    }
  }

  /// Whether equal values change nothing once one of them was seen.
  var ignoresRepeats: Bool {
    switch self {
    case .min, .max, .boolAnd, .boolOr, .bitAnd, .bitOr, .approxCountDistinct: true
    default: false
    }
  }
}
