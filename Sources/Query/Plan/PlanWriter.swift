import Columnar
import Formats

/// Writes the steps of a plan in words.
struct PlanWriter {
  private let plan: SelectPlan
  /// Names of the slots of an input row, the set-returning function's value last.
  private let rowNames: [String]
  /// Names of the slots of a group: keys, then aggregates.
  private let groupNames: [String]

  /// - Parameter columns: of what the plan reads.
  init(_ plan: SelectPlan, columns: [InputColumn]) {
    self.plan = plan
    let rowNames =
      plan.columns.map { Scope.quoted(columns[$0].name) }
      + (plan.expansion == nil ? [] : ["piece"])
      + plan.joins.flatMap { join in
        let names = join.rows.columns.map { Scope.quoted($0.name) }
        return join.columns.map { names[$0] }
      }
    self.rowNames = rowNames
    groupNames =
      plan.grouping.map { grouping in
        let keys = grouping.keys.map { $0.sql(rowNames) }
        return keys + grouping.aggregates.map { $0.sql(rowNames) }
          + grouping.markers.map { marker in
            "GROUPING(\(marker.map { keys[$0] }.joined(separator: ", ")))"
          }
      } ?? []
  }

  /// What a worker does.
  var workerSteps: [String] { ["scan the partition"] + rowSteps }

  /// What is done with rows that the sink holds.
  var heldSteps: [String] {
    let isPlain = plan.isRowWise && plan.limit == nil && plan.offset == 0
    return rowSteps + (isPlain ? [] : Array(sinkSteps.drop { $0.hasPrefix("merge") }))
  }

  private var rowSteps: [String] {
    var steps: [String] = []
    if let expansion = plan.expansion, case .split(let delimiter) = expansion.kind {
      steps.append(
        "for each piece of \(expansion.argument.sql(rowNames)) between "
          + Literal.text(delimiter).sql(as: .text))
    }
    for join in plan.joins { steps.append(text(of: join)) }
    if let filter = plan.filter { steps.append("filter \(filter.sql(rowNames))") }
    if let grouping = plan.grouping {
      let aggregates = grouping.aggregates.map { $0.sql(rowNames) }
      steps.append(
        "partial aggregate" + sets(grouping)
          + (aggregates.isEmpty ? "" : ": \(list(aggregates))"))
    } else {
      steps.append("project \(list(plan.output.map { $0.expression.sql(rowNames) }))")
      if plan.distinct { steps.append("distinct rows") }
      steps += bounded("sort", "top")
      if let first = firstOfEach { steps.append(first) }
    }
    return steps
  }

  /// What the sink does.
  var sinkSteps: [String] {
    if plan.isRowWise {
      return ["append the results in partition order"] + slice
    }
    var steps: [String] = []
    if plan.grouping != nil {
      steps.append("merge groups in partition order")
      if let having = plan.having { steps.append("filter \(having.sql(groupNames))") }
      steps.append("project \(list(plan.output.map { $0.expression.sql(groupNames) }))")
    }
    if plan.distinct { steps.append("distinct rows") }
    if !plan.order.isEmpty {
      steps.append(
        "\(plan.grouping == nil && !plan.distinct ? "merge sorted rows" : "sort") by \(list(order))"
      )
    }
    if let first = firstOfEach { steps.append(first) }
    return steps + slice
  }

  private var firstOfEach: String? {
    plan.distinctOn.map { columns in
      let names = plan.grouping == nil ? rowNames : groupNames
      return "first row of each \(list(columns.map { plan.output[$0].expression.sql(names) }))"
    }
  }

  private func text(of join: JoinPlan) -> String {
    let tableNames = join.rows.columns.map { Scope.quoted($0.name) }
    let conditions =
      join.keys.map { "\($0.row.sql(rowNames)) = \($0.table.sql(tableNames))" }
      + (join.condition.map { [$0.sql(rowNames)] } ?? [])
    return (join.kind == .left ? "left join" : "join") + " with \(join.rows.tableNames)"
      + (conditions.isEmpty ? "" : " on \(conditions.joined(separator: " AND "))")
  }

  /// The worker's share of ORDER BY and LIMIT: with a limit no more rows than can be shown.
  private func bounded(_ all: String, _ some: String) -> [String] {
    let rows = plan.limit.map { $0.addingReportingOverflow(plan.offset) }
    guard !plan.order.isEmpty else {
      return rows.map { $0.overflow ? [] : ["first \($0.partialValue) rows"] } ?? []
    }
    guard let rows, !rows.overflow else { return ["\(all) by \(list(order))"] }
    return ["\(some) \(rows.partialValue) by \(list(order))"]
  }

  private var slice: [String] {
    (plan.offset > 0 ? ["leave out the first \(plan.offset) rows"] : [])
      + (plan.limit.map { ["limit to \($0) rows"] } ?? [])
  }

  private var order: [String] {
    let names = plan.grouping == nil ? rowNames : groupNames
    return plan.order.map { key in
      let column = plan.output[key.column]
      return (column.hidden ? column.expression.sql(names) : Scope.quoted(column.name))
        + key.suffix
    }
  }

  private func sets(_ grouping: Grouping) -> String {
    let keys = grouping.keys.map { $0.sql(rowNames) }
    if grouping.sets.count == 1 {
      let set = grouping.sets[0].map { keys[$0] }
      return set.isEmpty ? " of all rows" : " by \(list(set))"
    }
    let sets = grouping.sets.map { set in "(\(list(set.map { keys[$0] })))" }
    let more = sets.count > 20 ? ", … \(sets.count - 20) more" : ""
    return " by each of \(list(Array(sets.prefix(20))))\(more)"
  }

  private func list(_ items: [String]) -> String { items.joined(separator: ", ") }
}
