package import Columnar

/// A bound and typed SQL expression over one row of inputs.
///
/// Binding has resolved every name and overload and inserted every cast, so operands of arithmetic
/// and comparison have the same type. `position` is the byte offset in the SQL text, for errors.
package indirect enum Expression: Sendable, Equatable {
  /// An input of the row: a source column, or a key or an aggregate after grouping.
  case column(slot: Int, type: ColumnType)
  /// A constant, possibly NULL.
  case literal(Literal, type: ColumnType)
  /// A function or operator that is NULL when an argument is NULL (strict) unless the function's
  /// own description says otherwise.
  case call(Function, [Expression], type: ColumnType, position: Int)
  /// A conversion; fails on a value that does not fit, as PostgreSQL's casts do.
  case cast(Expression, to: ColumnType, position: Int)
  /// Three-valued AND of two or more; later operands are evaluated only where no earlier is false.
  case and([Expression])
  /// Three-valued OR of two or more; later operands are evaluated only where no earlier is true.
  case or([Expression])
  /// Three-valued NOT.
  case not(Expression)
  /// `IS NULL`; never NULL itself.
  case isNull(Expression)
  /// The first operand that is not NULL; later ones are evaluated only where needed.
  case coalesce([Expression], type: ColumnType)
  /// The first branch whose condition is true; branches are evaluated only where needed.
  case caseWhen([CaseBranch], otherwise: Expression?, type: ColumnType)
  /// `operand IN (constants)`, NULL as SQL has it; the constants have the operand's type.
  case inList(Expression, [Literal])
  /// What the sub-query ``SelectPlan/lookups``[index] answers for the operands.
  case lookup(Int, [Expression], type: ColumnType)

  /// The type of the value.
  package var type: ColumnType {
    switch self {
    case .column(_, let type), .literal(_, let type), .call(_, _, let type, _),
      .cast(_, let type, _), .coalesce(_, let type), .caseWhen(_, _, let type),
      .lookup(_, _, let type):
      type
    case .and, .or, .not, .isNull, .inList: .boolean
    }
  }
}

/// One `WHEN … THEN …`.
package struct CaseBranch: Sendable, Equatable {
  /// A boolean.
  package var condition: Expression
  /// Has the type of the whole CASE.
  package var result: Expression

  package init(condition: Expression, result: Expression) {
    self.condition = condition
    self.result = result
  }
}

/// A constant's value; its type stands beside it.
package enum Literal: Sendable, Equatable {
  case null
  case boolean(Bool)
  /// integer, bigint, date (days), timestamp and timestamptz (microseconds).
  case integer(Int64)
  case double(Double)
  case numeric(coefficient: Int128, scale: Int32)
  case text(String)
  case interval(Interval)
}
