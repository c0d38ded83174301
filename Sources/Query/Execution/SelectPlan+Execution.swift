import Columnar
import Formats

extension SelectPlan {
  /// The types of the slots that expressions over input rows read: the columns, then the expansion.
  func slotTypes(_ schema: InputSchema) -> [ColumnType] {
    columns.map { schema.columns[$0].type } + (expansion == nil ? [] : [.text])
  }

  /// The expressions that are evaluated for rows that passed the filter.
  var inputExpressions: [Expression] {
    guard let grouping else { return output.map(\.expression) }
    return grouping.keys
      + grouping.aggregates.flatMap { call in call.arguments + (call.filter.map { [$0] } ?? []) }
  }

  /// The most rows that are needed of a part of the result: offset and limit; `nil` for all.
  var neededRows: Int? {
    guard let limit else { return nil }
    let (sum, overflow) = Int(clamping: offset).addingReportingOverflow(Int(clamping: limit))
    return overflow ? nil : sum
  }

  /// The columns of the result that are shown.
  var visibleOutput: [OutputColumn] { output.filter { !$0.hidden } }
}

extension Expression {
  /// Splits a condition into what does not read `slot` and what does, each `nil` when empty.
  func split(at slot: Int) -> (before: Expression?, after: Expression?) {
    guard slots.contains(slot) else { return (self, nil) }
    guard case .and(let operands) = self else { return (nil, self) }
    let before = operands.filter { !$0.slots.contains(slot) }
    let after = operands.filter { $0.slots.contains(slot) }
    return (Self.conjunction(before), Self.conjunction(after))
  }

  private static func conjunction(_ operands: [Expression]) -> Expression? {
    operands.count > 1 ? .and(operands) : operands.first
  }
}
