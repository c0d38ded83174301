import Columnar

extension Literal {
  /// The constant as a value of another type, where that can be said now and without loss of
  /// meaning; `nil` leaves the conversion to execution.
  func converted(from: ColumnType, to: ColumnType) -> Literal? {
    if from == to { return self }
    switch (self, to) {
    case (.null, _): return .null
    case (.text(let text), _): return Literal(parsing: text, as: to)
    case (.integer(let value), _): return Self.convert(value, from: from, to: to)
    case (.numeric(let coefficient, let scale), .double):
      return .double(Numeric(coefficient: coefficient, scale: scale).double)
    default: return nil
    }
  }

  private static func convert(_ value: Int64, from: ColumnType, to: ColumnType) -> Literal? {
    switch (from, to) {
    case (.integer, .bigint): return .integer(value)
    case (.bigint, .integer): return Int32(exactly: value) == nil ? nil : .integer(value)
    case (.integer, .numeric), (.bigint, .numeric):
      return .numeric(coefficient: Int128(value), scale: 0)
    case (.integer, .double), (.bigint, .double): return .double(Double(value))
    case (.date, .timestamp), (.date, .timestamptz):
      let (microseconds, overflow) = value.multipliedReportingOverflow(by: 86_400_000_000)
      return overflow ? nil : .integer(microseconds)
    case (.timestamp, .timestamptz), (.timestamptz, .timestamp): return .integer(value)
    default: return nil
    }
  }
}
