import Columnar
import Formats
import Operators

/// Carries a relation out over rows that are held.
struct HeldRelation {
  private let relation: Relation
  private let tables: TableRows

  init(_ relation: Relation, tables: TableRows) {
    self.relation = relation
    self.tables = tables
  }

  /// The rows.
  ///
  /// - Parameter scans: the rows of the relation's SELECTs over the input, in order.
  /// - Throws: ``SQLError``, ``EvaluationError`` or ``OperatorError``.
  func rows(scans: [Batch]) throws -> Batch {
    var left = scans[...]
    return try rows(of: relation, &left)
  }

  /// Makes everything that has to be made only once, so that what cannot be carried out is known.
  func validate() throws(SQLError) { try validate(relation) }

  private func validate(_ relation: Relation) throws(SQLError) {
    switch relation {
    case .scan: break
    case .table(let table): _ = try tables.rows(ofTable: table.index)
    case .union(let parts): for part in parts { try validate(part) }
    case .window(let calls, let rows):
      try validate(rows)
      _ = try WindowStep(calls, over: rows.columns.map(\.type))
    case .select(let plan, let rows):
      try validate(rows)
      let empty = Batch(
        columns: rows.columns.map { ColumnVector(type: $0.type, capacity: 0) }, count: 0)
      _ = try HeldSelect(plan, over: empty, rows.columns, tables: tables)
    }
  }

  private func rows(of relation: Relation, _ scans: inout ArraySlice<Batch>) throws -> Batch {
    switch relation {
    case .scan:
      guard let batch = scans.popFirst() else {
        preconditionFailure("there are rows for each SELECT over the input")
      }
      return batch
    case .table(let table): return try tables.rows(ofTable: table.index)
    case .select(let plan, let inner):
      let batch = try rows(of: inner, &scans)
      return try HeldSelect(plan, over: batch, inner.columns, tables: tables).rows()
    case .union(let parts):
      var batches: [Batch] = []
      for part in parts { batches.append(try rows(of: part, &scans)) }
      try Self.check(batches.reduce(0) { $0 + $1.count })
      return Batch(joining: batches, types: relation.columns.map(\.type))
    case .window(let calls, let inner):
      let batch = try rows(of: inner, &scans)
      return try WindowStep(calls, over: inner.columns.map(\.type)).adding(to: batch)
    }
  }

  /// Rows are numbered with 32 bits.
  static func check(_ count: Int) throws(OperatorError) {
    guard count <= Int(Int32.max) else {
      throw OperatorError(.data, "the query has more than 2^31 rows to hold at the sink")
    }
  }
}
