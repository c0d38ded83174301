/// The type of a column, by PostgreSQL's name.
package enum ColumnTypeName: String, Sendable, Equatable, CaseIterable {
  /// True or false.
  case boolean
  /// 32-bit signed integer.
  case integer
  /// 64-bit signed integer.
  case bigint
  /// 64-bit IEEE 754 number.
  case double
  /// Decimal number.
  case numeric
  /// Characters.
  case text
  /// Day.
  case date
  /// Day and time of day.
  case timestamp
  /// Instant.
  case timestamptz
  /// Span of time.
  case interval

  /// The type that PostgreSQL knows by `name` (letter case and repeated blanks do not count), or
  /// `nil` when there is none or it is not supported.
  package init?(name: String) {
    let words = name.lowercased().split(separator: " ").joined(separator: " ")
    guard let type = Self(rawValue: words) ?? Self.aliases[words] else { return nil }
    self = type
  }

  /// All names that are understood, sorted.
  package static var names: [String] {
    (allCases.map(\.rawValue) + aliases.keys).sorted()
  }

  private static let aliases: [String: ColumnTypeName] = [
    "bool": .boolean,
    "int": .integer, "int4": .integer,
    "int8": .bigint,
    "double precision": .double, "float8": .double, "float": .double,
    "decimal": .numeric,
    "varchar": .text, "character varying": .text,
    "timestamp without time zone": .timestamp,
    "timestamp with time zone": .timestamptz,
  ]
}
