/// The type of a column or an expression: PostgreSQL's types that Millrace has.
package enum ColumnType: UInt8, Sendable, Hashable, CaseIterable, Codable {
  /// True or false; stored as `UInt8` 1 or 0.
  case boolean = 1
  /// 32-bit integer; stored as `Int32`.
  case integer = 2
  /// 64-bit integer; stored as `Int64`.
  case bigint = 3
  /// IEEE 754 double precision; stored as `Double`.
  case double = 4
  /// Exact decimal; stored as ``Numeric``.
  case numeric = 5
  /// UTF-8 text; stored as ``StringView``.
  case text = 6
  /// Calendar day; stored as `Int32`, days since 1970-01-01 (proleptic Gregorian).
  case date = 7
  /// Date and time without zone; stored as `Int64`, microseconds since 1970-01-01 00:00:00.
  case timestamp = 8
  /// Instant; stored as `Int64`, microseconds since 1970-01-01 00:00:00 UTC; shown in UTC.
  case timestamptz = 9
  /// Span of time; stored as ``Interval``.
  case interval = 10

  /// Bytes of one stored value.
  package var stride: Int {
    switch self {
    case .boolean: 1
    case .integer, .date: 4
    case .bigint, .double, .timestamp, .timestamptz: 8
    case .numeric: MemoryLayout<Numeric>.stride
    case .text: MemoryLayout<StringView>.stride
    case .interval: MemoryLayout<Interval>.stride
    }
  }

  /// PostgreSQL's name of the type, as `plan` prints it.
  package var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .bigint: "bigint"
    case .double: "double precision"
    case .numeric: "numeric"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .timestamptz: "timestamptz"
    case .interval: "interval"
    }
  }
}
