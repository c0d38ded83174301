import Columnar
import Testing

@testable import Query

@Suite("Expressions agree with evaluation row by row")
struct ExpressionTests {
  @Test("Random expressions over random rows", arguments: UInt64(0)..<24)
  func randomExpressions(seed: UInt64) throws {
    var generator = ExpressionGenerator(seed: seed)
    let types = [ColumnType.integer, .bigint, .double, .boolean, .text]
    for round in 0..<40 {
      let expression = generator.expression(types[round % types.count], depth: 3)
      let node = try ExpressionCompiler(slots: ExpressionGenerator.slots).compile(expression)
      // Twice with one node, so that what is left from the first batch would show.
      for count in [37, 5] {
        let nulls = round % 3 != 0
        let rows = (0..<count).map { _ in
          ExpressionGenerator.slots.map { generator.value($0, nulls: nulls) }
        }
        try check(expression, node, rows)
      }
    }
  }

  private func check(_ expression: Expression, _ node: ExpressionNode, _ rows: [[Value]]) throws {
    let columns = ExpressionGenerator.slots.enumerated().map { slot, type in
      ColumnVector.of(rows.map { $0[slot] }, type)
    }
    let expected = rows.map { row in outcome(expression, row) }
    do throws(EvaluationError) {
      let result = try node.evaluate(Batch(columns: columns, count: rows.count))
      for row in rows.indices {
        #expect(
          expected[row] == .success(result.value(row)), "\(expression) for \(rows[row])")
      }
    } catch {
      // Which of several failing rows comes first depends on the order of evaluation.
      #expect(
        expected[error.row] == .failure(ReferenceEvaluator.Failure(message: error.message)),
        "\(expression) for \(rows[error.row])")
      #expect(error.position == 7)
    }
  }

  private func outcome(
    _ expression: Expression, _ row: [Value]
  ) -> Result<Value, ReferenceEvaluator.Failure> {
    do throws(ReferenceEvaluator.Failure) {
      return .success(try ReferenceEvaluator(row: row).evaluate(expression))
    } catch {
      return .failure(error)
    }
  }

  @Test("An empty batch has no values and no errors")
  func emptyBatch() throws {
    let expression = Expression.call(
      .divide, [.column(slot: 0, type: .integer), .literal(.integer(0), type: .integer)],
      type: .integer, position: 0)
    let node = try ExpressionCompiler(slots: [.integer]).compile(expression)
    let empty = Batch(columns: [.of([], .integer)], count: 0)
    #expect(try node.evaluate(empty).count == 0)
  }

  @Test("CASE guards a division")
  func guardedDivision() throws {
    let x = Expression.column(slot: 0, type: .integer)
    let zero = Expression.literal(.integer(0), type: .integer)
    let expression = Expression.caseWhen(
      [
        CaseBranch(
          condition: .call(.notEqual, [x, zero], type: .boolean, position: 0),
          result: .call(
            .divide, [.literal(.integer(10), type: .integer), x], type: .integer, position: 0))
      ], otherwise: nil, type: .integer)
    #expect(
      try values(expression, [.integer(5), .integer(0), .null]) == [.integer(2), .null, .null])
  }

  @Test("A failure names its row, also behind a guard")
  func failingRow() throws {
    let x = Expression.column(slot: 0, type: .integer)
    let expression = Expression.coalesce(
      [
        .call(.nullIf, [x, .literal(.integer(0), type: .integer)], type: .integer, position: 0),
        .call(.divide, [x, x], type: .integer, position: 33),
      ], type: .integer)
    let node = try ExpressionCompiler(slots: [.integer]).compile(expression)
    let column = ColumnVector.of([.integer(1), .null, .integer(2), .integer(0)], .integer)
    #expect(throws: EvaluationError(row: 3, position: 33, "division by zero")) {
      try node.evaluate(Batch(columns: [column], count: 4))
    }
  }

  private func values(_ expression: Expression, _ column: [Value]) throws -> [Value] {
    let node = try ExpressionCompiler(slots: [.integer]).compile(expression)
    let batch = Batch(columns: [.of(column, .integer)], count: column.count)
    return try node.evaluate(batch).allValues
  }
}
