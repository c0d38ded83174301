package import Formats

/// Rows that a query makes on the way to its result.
///
/// What stands over the input is done by workers and merged at the sink; everything above it is done
/// at the sink over rows that it holds. Rows of the topology's tables are read wherever they are
/// needed.
package indirect enum Relation: Sendable, Equatable {
  /// A SELECT over the input: partition by partition in the workers, merged at the sink.
  case scan(SelectPlan)
  /// The rows of a table of the topology, in their order.
  case table(TableReference)
  /// A SELECT over rows that are held.
  case select(SelectPlan, from: Relation)
  /// All rows of each, one after the other; all have columns of the same types.
  case union([Relation])
  /// The rows, with a column more for each window function.
  case window([WindowCall], over: Relation)

  /// The columns of the rows.
  package var columns: [InputColumn] {
    switch self {
    case .scan(let plan), .select(let plan, _): plan.visibleColumns
    case .table(let table): table.columns
    case .union(let parts): parts.first?.columns ?? []
    case .window(let calls, let rows):
      rows.columns + calls.map { InputColumn(name: $0.name, type: $0.type) }
    }
  }

  /// The SELECTs over the input, in the order in which a worker carries them out.
  package var scans: [SelectPlan] {
    switch self {
    case .scan(let plan): [plan]
    case .table: []
    case .select(_, let rows), .window(_, let rows): rows.scans
    case .union(let parts): parts.flatMap(\.scans)
    }
  }
}

/// A table of the topology as a query knows it.
package struct TableReference: Sendable, Equatable {
  /// Its place among the topology's tables.
  package var index: Int
  /// Its name.
  package var name: String
  /// Its columns.
  package var columns: [InputColumn]

  /// The table at `index` of the topology's.
  package init(index: Int, name: String, columns: [InputColumn]) {
    self.index = index
    self.name = name
    self.columns = columns
  }
}
