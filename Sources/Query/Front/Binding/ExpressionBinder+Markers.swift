extension ExpressionBinder {
  /// A `GROUPING(…)` call: which of its arguments are not grouped by in a group's set.
  struct Marker: Sendable {
    /// Keys, over the references; looked up once the keys are known.
    var arguments: [Operand]
    /// Byte offset in the SQL text.
    var position: Int
  }

  mutating func bindGrouping(_ node: SyntaxNode) throws(SQLError) -> Operand {
    try node.allow(["args"])
    if isInAggregate {
      throw SQLError(
        position: node.position,
        "aggregate function calls cannot be nested; GROUPING is known after grouping only")
    }
    guard clause.allowsAggregates else {
      let help = clause == .filter ? "; put the condition into HAVING" : ""
      throw SQLError(
        position: node.position,
        "grouping operations are not allowed in \(clause.name)\(help)")
    }
    let marker = Marker(arguments: try bindAll("args", of: node), position: node.position)
    guard marker.arguments.count < 32 else {
      throw SQLError(position: node.position, "GROUPING must have fewer than 32 arguments")
    }
    let known = markers.firstIndex { other in
      isSame(other.arguments.map(\.expression), marker.arguments.map(\.expression))
    }
    if known == nil { markers.append(marker) }
    return refer(
      to: Reference(
        target: .marker(known ?? markers.count - 1), name: "grouping", position: node.position))
  }
}
