import Columnar
import Formats

extension SQLOperator {
  /// What workers do with each partition, a step a line, for people.
  package var workerSteps: [String] {
    let names = plan.columns.map { configuration.schema.columns[$0].name }
    var steps = [names.isEmpty ? "count records" : "read \(names.joined(separator: ", "))"]
    if plan.filter != nil { steps.append("keep the rows that WHERE wants") }
    if plan.expansion != nil { steps.append("split text into rows") }
    switch strategy {
    case .render: steps.append("compute and write rows" + limitWords)
    case .collect: steps.append("compute rows" + limitWords)
    case .distinct: steps.append("compute distinct rows")
    case .sort: steps.append("compute and sort rows" + limitWords)
    case .group: steps.append(groupingWords)
    }
    return steps
  }

  /// What the sink does with the workers' results, a step a line, for people.
  package var sinkSteps: [String] {
    var steps: [String] = []
    switch strategy {
    case .render: steps.append("join rows in partition order" + limitWords)
    case .collect: steps.append("collect rows in partition order")
    case .distinct: steps.append("merge distinct rows")
    case .sort: steps.append("merge sorted rows" + limitWords)
    case .group:
      steps.append("merge groups")
      if plan.having != nil { steps.append("keep the groups that HAVING wants") }
      if plan.distinct { steps.append("drop repeated rows") }
    }
    if !plan.order.isEmpty, strategy != .sort { steps.append("sort rows") }
    if plan.offset > 0 { steps.append("skip \(plan.offset) rows") }
    if let limit = plan.limit, strategy != .render { steps.append("keep \(limit) rows") }
    return steps
  }

  private var limitWords: String { plan.neededRows.map { ", at most \($0)" } ?? "" }

  private var groupingWords: String {
    guard let grouping = plan.grouping else { return "aggregate" }
    let functions = grouping.aggregates.map(\.function.rawValue).joined(separator: ", ")
    let keys = grouping.keys.count
    let by = keys == 0 ? "" : keys == 1 ? " by 1 key" : " by \(keys) keys"
    return functions.isEmpty ? "find groups\(by)" : "aggregate \(functions)\(by)"
  }
}
