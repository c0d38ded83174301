extension ExpressionBinder {
  /// Whether two expressions compute the same from the same inputs, wherever they are written.
  func isSame(_ first: Expression, _ second: Expression) -> Bool {
    switch (first, second) {
    case (.column(let one, _), .column(let other, _)):
      return references[one].target == references[other].target
    case (.literal(let one, let type), .literal(let other, let otherType)):
      return type == otherType && isSame(one, other)
    case (.call(let one, _, let type, _), .call(let other, _, let otherType, _)):
      guard one == other, type == otherType else { return false }
    case (.cast(_, let type, _), .cast(_, let otherType, _)):
      guard type == otherType else { return false }
    case (.lookup(let one, _, _), .lookup(let other, _, _)):
      guard lookups[one].kind == lookups[other].kind,
        lookups[one].rows.isSame(as: lookups[other].rows)
      else { return false }
    case (.inList(_, let list), .inList(_, let otherList)):
      guard list.count == otherList.count, zip(list, otherList).allSatisfy({ isSame($0, $1) })
      else { return false }
    case (.caseWhen(let branches, _, _), .caseWhen(let otherBranches, _, _)):
      guard branches.count == otherBranches.count else { return false }
    case (.and, .and), (.or, .or), (.not, .not), (.isNull, .isNull), (.coalesce, .coalesce): break
    default: return false
    }
    return isSame(first.children, second.children)
  }

  /// Whether two lists of expressions compute the same one by one.
  func isSame(_ first: [Expression], _ second: [Expression]) -> Bool {
    first.count == second.count && zip(first, second).allSatisfy { isSame($0, $1) }
  }

  /// As `==`, with NaN equal to itself.
  private func isSame(_ first: Literal, _ second: Literal) -> Bool {
    if case .double(let one) = first, case .double(let other) = second {
      return one.bitPattern == other.bitPattern
    }
    return first == second
  }

  /// Whether the expression mentions something for which `predicate` holds.
  func mentions(_ expression: Expression, where predicate: (Reference.Target) -> Bool) -> Bool {
    if case .column(let slot, _) = expression { return predicate(references[slot].target) }
    return expression.children.contains { mentions($0, where: predicate) }
  }
}
