import Columnar
package import Formats

/// What a plan does where, in words: what `millrace plan` prints.
package struct PlanDescription: Sendable, Equatable, CustomStringConvertible {
  /// Columns that are read, each with its type.
  package var reads: [String]
  /// What each worker does with a partition, in order.
  package var worker: [String]
  /// What the sink does with the workers' results, in order.
  package var sink: [String]
  /// The result's columns, each with its type.
  package var output: [String]

  /// Describes `plan` over input of `schema`, the one it was bound to.
  package init(_ plan: SelectPlan, schema: InputSchema) {
    let writer = PlanWriter(plan, schema: schema)
    reads = plan.columns.map { index in
      let column = schema.columns[index]
      return "\(Scope.quoted(column.name)) \(column.type.name)"
    }
    worker = writer.workerSteps
    sink = writer.sinkSteps
    output = plan.output.filter { !$0.hidden }.map { column in
      "\(Scope.quoted(column.name)) \(column.expression.type.name)"
    }
  }

  /// The parts as indented lines under a heading each.
  package var lines: [String] {
    let reads = reads.isEmpty ? ["no column, only rows are counted"] : reads
    return [("reads", reads), ("worker", worker), ("sink", sink), ("output", output)].flatMap {
      heading, items in ["\(heading):"] + items.map { "  \($0)" }
    }
  }

  package var description: String { lines.joined(separator: "\n") }
}
