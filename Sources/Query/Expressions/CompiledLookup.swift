import Columnar

/// A sub-query over tables, ready to be asked.
struct CompiledLookup {
  /// What is asked.
  let kind: Lookup.Kind
  /// Its rows by all their columns.
  let rows: KeyedRows
  /// Whether a row has a NULL.
  let hasNull: Bool
  /// The rows themselves.
  let batch: Batch

  /// - Throws: ``SQLError`` when the rows cannot be made, or are several where there may be one.
  init(_ lookup: Lookup, _ tables: TableRows) throws(SQLError) {
    kind = lookup.kind
    batch = try tables.rows(of: lookup.rows)
    if kind == .scalar, batch.count > 1 {
      throw SQLError(
        position: nil, "more than one row returned by a subquery used as an expression")
    }
    hasNull = batch.columns.contains { column in
      column.hasNulls && (0..<column.count).contains(where: column.isNull)
    }
    rows = try KeyedRows(
      batch,
      keys: kind == .scalar
        ? [] : batch.columns.enumerated().map { .column(slot: $0, type: $1.type) })
  }
}
