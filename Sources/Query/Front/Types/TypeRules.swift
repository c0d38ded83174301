import Columnar

/// PostgreSQL's rules for which type becomes which.
enum TypeRules {
  /// PostgreSQL's type categories (its documentation, table `pg_type.typcategory`).
  enum Category: Sendable, Equatable {
    case boolean, number, string, datetime, timespan
  }

  /// The category that `type` is in.
  static func category(_ type: ColumnType) -> Category {
    switch type {
    case .boolean: .boolean
    case .integer, .bigint, .double, .numeric: .number
    case .text: .string
    case .date, .timestamp, .timestamptz: .datetime
    case .interval: .timespan
    }
  }

  /// Whether `type` is the one its category prefers.
  static func isPreferred(_ type: ColumnType) -> Bool {
    switch type {
    case .boolean, .double, .text, .timestamptz, .interval: true
    case .integer, .bigint, .numeric, .date, .timestamp: false
    }
  }

  /// Whether a value becomes `to` without being asked to.
  static func isImplicit(from: ColumnType, to: ColumnType) -> Bool {
    if from == to { return true }
    return switch (from, to) {
    case (.integer, .bigint), (.integer, .numeric), (.integer, .double), (.bigint, .numeric),
      (.bigint, .double), (.numeric, .double), (.date, .timestamp), (.date, .timestamptz),
      (.timestamp, .timestamptz):
      true
    default: false
    }
  }

  /// Whether `CAST(value AS to)` exists.
  static func isExplicit(from: ColumnType, to: ColumnType) -> Bool {
    if isImplicit(from: from, to: to) || from == .text || to == .text { return true }
    return switch (from, to) {
    case (.boolean, .integer), (.integer, .boolean): true
    case (.timestamp, .date), (.timestamptz, .date), (.timestamptz, .timestamp): true
    default: category(from) == .number && category(to) == .number
    }
  }

  /// The type that values of `types` are brought to by CASE, COALESCE and the like, after
  /// PostgreSQL's `select_common_type`; or the index of the first that does not fit.
  static func common(_ types: [ColumnType]) -> CommonType {
    guard var chosen = types.first else { return .type(.text) }
    for (index, type) in types.enumerated() where type != chosen {
      guard category(type) == category(chosen) else {
        return .mismatch(index: index, with: chosen)
      }
      if !isPreferred(chosen), isImplicit(from: chosen, to: type) { chosen = type }
    }
    return .type(chosen)
  }

  /// What ``common(_:)`` finds.
  enum CommonType {
    case type(ColumnType)
    case mismatch(index: Int, with: ColumnType)
  }
}
