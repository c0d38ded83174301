import Columnar
package import Formats

/// What a query does where, in words: what `millrace plan` prints.
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
  package init(_ plan: QueryPlan, schema: InputSchema) {
    let scans = plan.scans
    reads = Set(scans.flatMap(\.columns)).sorted().map { index in
      let column = schema.columns[index]
      return "\(Scope.quoted(column.name)) \(column.type.name)"
    }
    worker = []
    sink = []
    for (index, scan) in scans.enumerated() {
      let writer = PlanWriter(scan, columns: schema.columns)
      // Of several SELECTs each is told by its number.
      let mark = scans.count > 1 ? "SELECT \(index + 1): " : ""
      worker += writer.workerSteps.map { mark + $0 }
      sink += writer.sinkSteps.map { mark + $0 }
    }
    sink += Self.heldSteps(plan.root)
    output = plan.columns.map { column in
      "\(Scope.quoted(column.name)) \(column.type.name)"
    }
  }

  /// What the sink does over the rows of the SELECTs over the input.
  private static func heldSteps(_ relation: Relation) -> [String] {
    switch relation {
    case .scan, .table: []
    case .union(let parts):
      parts.flatMap(heldSteps) + ["join the rows of \(parts.count) queries end to end"]
    case .window(let calls, let rows):
      heldSteps(rows)
        + ["window " + calls.map { $0.sql(rows.columns.map(\.name)) }.joined(separator: ", ")]
    case .select(let plan, let rows):
      heldSteps(rows) + PlanWriter(plan, columns: rows.columns).heldSteps
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
