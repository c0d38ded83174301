import Columnar

extension Expression {
  /// The slots that are read, ascending.
  var slots: [Int] {
    var slots: Set<Int> = []
    collectSlots(&slots)
    return slots.sorted()
  }

  private func collectSlots(_ slots: inout Set<Int>) {
    if case .column(let slot, _) = self { slots.insert(slot) }
    for child in children { child.collectSlots(&slots) }
  }

  /// Whether evaluation can fail for some row; if not, evaluating it where nobody asked does no harm.
  var canFail: Bool {
    let own =
      switch self {
      case .column, .literal, .and, .or, .not, .isNull, .inList, .coalesce, .caseWhen, .lookup:
        false
      case .cast(let operand, let type, _): Self.castCanFail(from: operand.type, to: type)
      case .call(let function, let arguments, _, _): Self.callCanFail(function, arguments)
      }
    return own || children.contains(where: \.canFail)
  }

  private static func castCanFail(from: ColumnType, to: ColumnType) -> Bool {
    if to == .text { return false }
    return switch (from, to) {
    case (.integer, _), (.boolean, _), (.bigint, .double), (.bigint, .numeric),
      (.numeric, .double), (.timestamp, _), (.timestamptz, _):
      false
    default: true
    }
  }

  private static func callCanFail(_ function: Function, _ arguments: [Expression]) -> Bool {
    switch function {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .distinctFrom,
      .notDistinctFrom, .nullIf, .greatest, .least, .lower, .upper, .initcap, .length,
      .octetLength, .left, .right, .position, .trim, .trimLeading, .trimTrailing, .reverse,
      .startsWith, .ascii, .sign, .extract, .atan, .atan2, .cbrt, .pi, .isFinite, .overlaps:
      false
    case .round, .trunc, .ceil, .floor: arguments.count != 1
    case .like, .ilike:
      // A constant pattern that is not one fails for every row, or is refused before.
      !arguments.dropFirst().allSatisfy { if case .literal = $0 { true } else { false } }
    default: true
    }
  }
}
