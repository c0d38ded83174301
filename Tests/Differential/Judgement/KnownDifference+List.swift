import Columnar
import SQLLogic

/// All documented differences, each as narrow as it can be told.
extension KnownDifference {
  static let all: [KnownDifference] = [
    doublePrecision, thirtyEightDigits, noSpecialNumerics, plannedConstants, farDays,
    decidedByConstants, logarithms, otherTypes, truncatedConstants, widthBuckets, endlessSeconds,
    limitedRows, reorderedConditions, checkedConstants, unneededValues, mistakesAroundWindows,
  ]

  private static let doublePrecision = KnownDifference(
    name: "double precision",
    reason: "sqrt, exp, ln, log and power are double precision also of numeric"
  ) { trial, difference, ours, theirs in
    let names = [
      "sqrt(", "exp(", "ln(", "log(", "log10(", "power(", "pow(", " ^ ",
    ]
    let sql = trial.query.sql
    return names.contains { sql.contains($0) } && difference.kind != .names
      && (difference.kind == .types || mentionsNumeric(trial))
  }

  private static let thirtyEightDigits = KnownDifference(
    name: "38 digits", reason: "numeric has 38 digits; PostgreSQL's has 131072"
  ) { trial, difference, ours, theirs in
    switch (ours, theirs) {
    case (.failure(let failure), _):
      return failure.message.contains("38 digits")
        || failure.message.contains("is out of range for type numeric")
        // A quoted constant such as '1e308'.
        || failure.message.hasPrefix("invalid input syntax for type numeric: \"1e")
    case (.success, .success(let theirs)):
      return difference.kind == .values
        && theirs.rows.contains { row in
          row.contains { value in (value ?? "").utf8.count { $0 >= 0x30 && $0 <= 0x39 } > 38 }
        }
    default: return false
    }
  }

  private static let noSpecialNumerics = KnownDifference(
    name: "numeric NaN", reason: "numeric has no NaN and no infinity"
  ) { trial, difference, ours, theirs in
    guard case .failure(let failure) = ours else { return false }
    return ["NaN", "Infinity", "infinity"].contains { failure.message.contains($0) }
      && failure.message.contains("numeric")
      || failure.message.contains("double precision value does not fit numeric")
  }

  private static let plannedConstants = KnownDifference(
    name: "constants",
    reason: "PostgreSQL computes constants when it plans, also those that no row needs"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .success, case .failure(let failure) = theirs,
      FailureWords.isOfRow(failure)
    else { return false }
    // Or before it reads the first row, where a whole condition is one.
    return failure.isRefusal || hasConstantCondition(trial)
  }

  /// Whether a WHERE or HAVING names no column.
  private static func hasConstantCondition(_ trial: Trial) -> Bool {
    trial.query.queries.contains { $0.conditions.contains(where: \.isConstant) }
  }

  private static let farDays = KnownDifference(
    name: "far days",
    reason:
      "a day beyond the range of timestamp cannot be compared with one, and has parts all the same"
  ) { trial, difference, ours, theirs in
    // And parts of it are taken as they are, where date_part makes a timestamp of it first.
    return [ours, theirs].contains { outcome in
      guard case .failure(let failure) = outcome else { return false }
      return failure.message.hasPrefix("date out of range for timestamp")
        || failure.message.hasPrefix("timestamp out of range")
    }
  }

  private static let decidedByConstants = KnownDifference(
    name: "HAVING that constants decide",
    reason: "PostgreSQL does not compute an aggregate that HAVING names beside what decides it"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .failure, isOfRow(ours) == true else { return false }
    return trial.query.queries.compactMap(\.having).contains { having in
      having.contains { $0.type == .boolean && $0.isConstant }
    }
  }

  private static let logarithms = KnownDifference(
    name: "log(double precision, double precision)",
    reason: "log to a base is double precision, which PostgreSQL has for numeric only"
  ) { trial, difference, ours, theirs in
    guard case .failure(let failure) = theirs else { return false }
    return failure.message.hasPrefix("function log(") && failure.code == "42883"
  }

  private static let otherTypes = KnownDifference(
    name: "types that are PostgreSQL's alone",
    reason: "an operator of quoted constants may be one of json, which Millrace does not have"
  ) { trial, difference, ours, theirs in
    guard case .failure(let failure) = theirs else { return false }
    return failure.message.hasPrefix("invalid input syntax for type json")
  }

  private static let widthBuckets = KnownDifference(
    name: "width_bucket",
    reason:
      "a value before the last bound is in the last bucket, where PostgreSQL 15 rounds it past"
  ) { trial, difference, ours, theirs in
    difference.kind == .values && trial.query.sql.contains("width_bucket(")
  }

  private static let endlessSeconds = KnownDifference(
    name: "make_interval",
    reason: "seconds beyond the range of interval are refused, which PostgreSQL 15 does not check"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .failure, case .failure(let failure) = ours else { return false }
    return failure.message.hasPrefix("interval out of range")
      && failure.message.contains("make_interval(")
  }

  private static let truncatedConstants = KnownDifference(
    name: "trunc('…')",
    reason: "PostgreSQL also truncates network addresses, so that a quoted constant stays open"
  ) { trial, difference, ours, theirs in
    guard case .failure(let failure) = theirs else { return false }
    return failure.message == "function trunc(unknown) is not unique"
  }

  private static let limitedRows = KnownDifference(
    name: "LIMIT", reason: "which rows beyond a LIMIT or OFFSET are computed is not said"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .failure || difference.kind == .success else { return false }
    return trial.query.queries.contains(where: \.isLimited) && isOfRow(ours) != false
      && isOfRow(theirs) != false
  }

  private static let reorderedConditions = KnownDifference(
    name: "order of conditions",
    reason: "in which order conditions joined by AND are tested is not said, and a row that fails "
      + "in one may be dropped by another"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .failure || difference.kind == .success else { return false }
    let queries = trial.query.queries
    // HAVING without aggregates is tested before rows are grouped.
    let isEarly = queries.contains { query in
      query.having.map { !$0.contains { $0.isAggregate } } ?? false
    }
    let isJoined = queries.flatMap(\.conditions).contains { condition in
      condition.contains { $0.pieces.contains(" AND ") }
    }
    return (isJoined || isEarly)
      && isOfRow(ours) != false && isOfRow(theirs) != false
  }

  private static let checkedConstants = KnownDifference(
    name: "checked constants",
    reason: "constants that cannot be computed, patterns too, are refused before a row needs them"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .failure, case .failure(let failure) = ours else { return false }
    return failure.isRefusal && FailureWords.isOfRow(failure.message)
  }

  private static let unneededValues = KnownDifference(
    name: "values that the result does not need",
    reason:
      "which values of sub-queries, joins and windows are computed is not said, where what is "
      + "around drops their rows or does not read them"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .failure || difference.kind == .success else { return false }
    let hasOthers =
      trial.query.queries.count > 1 || !trial.query.joins.isEmpty
      || trial.query.contains { $0.isSubquery || $0.isWindow }
    return hasOthers && isOfRow(ours) != false && isOfRow(theirs) != false
  }

  private static let mistakesAroundWindows = KnownDifference(
    name: "two mistakes around a window",
    reason: "of two mistakes in a query, one of them in OVER, which is shown is not said"
  ) { trial, difference, ours, theirs in
    guard difference.kind == .message, case .failure(let ours) = ours,
      case .failure(let theirs) = theirs
    else { return false }
    return ours.isRefusal && theirs.isRefusal && trial.query.contains { $0.isWindow }
  }

  /// Whether a failure is one of a row's value; `nil` when there is no failure.
  private static func isOfRow(_ outcome: Comparison.Outcome) -> Bool? {
    guard case .failure(let failure) = outcome else { return nil }
    return FailureWords.isOfRow(failure.message)
  }

  private static func mentionsNumeric(_ trial: Trial) -> Bool {
    trial.tables.tables.values.contains { $0.columns.contains { $0.type == .numeric } }
      || trial.query.contains { $0.type == .numeric }
  }
}

extension RandomQuery {
  /// WHERE and HAVING.
  fileprivate var conditions: [Node] { [filter, having].compactMap { $0 } }
}
