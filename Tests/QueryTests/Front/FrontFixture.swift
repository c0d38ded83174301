import Columnar
import Formats
import Query
import Testing

/// The input that the tests of the SQL front bind to: a column of each type.
enum FrontFixture {
  static let schema = InputSchema(columns: [
    InputColumn(name: "i", type: .integer), InputColumn(name: "b", type: .bigint),
    InputColumn(name: "n", type: .numeric), InputColumn(name: "d", type: .double),
    InputColumn(name: "t", type: .text), InputColumn(name: "f", type: .boolean),
    InputColumn(name: "dt", type: .date), InputColumn(name: "ts", type: .timestamp),
    InputColumn(name: "tz", type: .timestamptz), InputColumn(name: "Carrier", type: .text),
  ])

  static func plan(_ sql: String) throws(SQLError) -> SelectPlan {
    try scan(QueryPlan(sql: sql, schema: schema))
  }

  /// The one SELECT over the input that a query is.
  static func scan(_ query: QueryPlan) throws(SQLError) -> SelectPlan {
    guard case .scan(let plan) = query.root else {
      throw SQLError(position: nil, "the query is more than one SELECT over the input")
    }
    return plan
  }

  /// The only shown column of `SELECT expression FROM input`.
  static func expression(_ sql: String) throws -> Expression {
    let plan = try plan("SELECT \(sql) FROM input")
    return try #require(plan.output.first).expression
  }

  /// The error that `sql` is refused with, or `nil` when it is accepted.
  static func refusal(_ sql: String) -> SQLError? {
    do throws(SQLError) {
      _ = try plan(sql)
      return nil
    } catch {
      return error
    }
  }

  static func integer(_ value: Int64) -> Expression {
    .literal(.integer(value), type: .integer)
  }

  static func text(_ value: String) -> Expression { .literal(.text(value), type: .text) }
}

extension Expression {
  /// The expression with all positions 0, so that shapes can be compared.
  var withoutPositions: Expression {
    switch self {
    case .column, .literal: self
    case .call(let function, let arguments, let type, _):
      .call(function, arguments.map(\.withoutPositions), type: type, position: 0)
    case .cast(let operand, let type, _): .cast(operand.withoutPositions, to: type, position: 0)
    case .and(let operands): .and(operands.map(\.withoutPositions))
    case .or(let operands): .or(operands.map(\.withoutPositions))
    case .not(let operand): .not(operand.withoutPositions)
    case .isNull(let operand): .isNull(operand.withoutPositions)
    case .inList(let operand, let list): .inList(operand.withoutPositions, list)
    case .lookup(let index, let operands, let type):
      .lookup(index, operands.map(\.withoutPositions), type: type)
    case .coalesce(let operands, let type):
      .coalesce(operands.map(\.withoutPositions), type: type)
    case .caseWhen(let branches, let otherwise, let type):
      .caseWhen(
        branches.map {
          CaseBranch(
            condition: $0.condition.withoutPositions, result: $0.result.withoutPositions)
        }, otherwise: otherwise?.withoutPositions, type: type)
    }
  }
}
