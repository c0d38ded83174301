import Columnar
import Formats
import Operators

/// Reads a partition's rows, a batch at a time: decodes the filter's columns, filters, decodes the
/// other columns for the rows that passed, and expands.
final class RowReader {
  /// Rows of a batch at most: a few columns of as many fit the second-level cache.
  static let batchRows = 2048

  private let scan: any BatchScan
  private let filter: RowFilter?
  private let expander: RowExpander?
  /// The part of the condition that reads the expanded column.
  private let expandedFilter: RowFilter?
  private let filterSlots: [Int]
  private let laterSlots: [Int]
  private var columns: Batch
  /// Whether the expander has rows, or the last answer came from it.
  private var isExpanded = false

  /// Records read of this partition.
  private(set) var rows = 0
  /// Records left out of this partition because they were bad.
  var skipped: Int { scan.skipped }

  /// - Throws: ``SQLError`` when the plan does not suit the schema or cannot be compiled.
  init(_ plan: SelectPlan, format: InputFormat, schema: InputSchema) throws(SQLError) {
    guard plan.columns.allSatisfy(schema.columns.indices.contains) else {
      throw SQLError(position: nil, "the plan reads a column that the input does not have")
    }
    let compiler = ExpressionCompiler(slots: plan.slotTypes(schema))
    let expanded = plan.columns.count
    let (before, after) = plan.filter.map { $0.split(at: expanded) } ?? (nil, nil)
    let output = plan.inputExpressions.flatMap(\.slots)
    let afterExpansion = Set(output + (after?.slots ?? []))
    let afterFilter = afterExpansion.union(plan.expansion?.argument.slots ?? [])
      .subtracting([expanded])
    filter = try before.map { (condition: Expression) throws(SQLError) in
      // The others are decoded afterwards, for the rows that passed only.
      try RowFilter(
        condition, kept: afterFilter.intersection(condition.slots).sorted(), compiler)
    }
    expander = try plan.expansion.map { (expansion: Expansion) throws(SQLError) in
      try RowExpander(expansion, slot: expanded, kept: afterExpansion.sorted(), compiler)
    }
    expandedFilter = try after.map { (condition: Expression) throws(SQLError) in
      try RowFilter(condition, kept: Set(output).sorted(), compiler)
    }
    filterSlots = before?.slots ?? []
    laterSlots = afterFilter.subtracting(filterSlots).sorted()
    columns = Batch(
      columns: compiler.slots.map { ColumnVector(type: $0, capacity: 0) }, count: 0)
    scan = makeScan(format: format, schema: schema, needed: plan.columns)
  }

  /// Starts with a partition, whose data stays valid until the next.
  func begin(_ content: PartitionInput.Content) {
    scan.begin(content, owner: nil)
    rows = 0
    isExpanded = false
  }

  /// The next rows, at least one; `nil` at the end. Valid until the next call.
  ///
  /// - Throws: ``ScanError`` or ``RowError``.
  func next() throws -> Batch? {
    while true {
      if isExpanded, let batch = expander?.next(limit: Self.batchRows) {
        guard let expandedFilter else { return batch }
        if try located({ () throws(EvaluationError) in try expandedFilter.select(batch) }) > 0 {
          return expandedFilter.keep(batch)
        }
        continue
      }
      isExpanded = false
      guard let batch = try nextRecords() else { return nil }
      guard let expander else { return batch }
      try located { () throws(EvaluationError) in try expander.begin(batch) }
      isExpanded = true
    }
  }

  /// Where the record of a row of the last answer starts, counted from the partition's start.
  func recordOffset(row: Int) -> Int {
    var row = row
    if isExpanded, let expander {
      if let passed = expandedFilter?.passed { row = Int(passed[row]) }
      row = Int(expander.sources[row])
    }
    if let passed = filter?.passed { row = Int(passed[row]) }
    return scan.recordOffset(row: row)
  }

  /// The next records that pass the filter, with all columns that are read.
  private func nextRecords() throws -> Batch? {
    while true {
      columns.count = try scan.nextRows(limit: Self.batchRows)
      if columns.count == 0 { return nil }
      rows += columns.count
      for slot in filterSlots { try scan.decode(slot: slot, into: columns.columns[slot]) }
      guard let filter else {
        try decodeLater(nil)
        return columns
      }
      do {
        guard try filter.select(columns) > 0 else { continue }
      } catch {
        throw RowError(failure: error, recordOffset: scan.recordOffset(row: error.row))
      }
      var batch = filter.keep(columns)
      try decodeLater(filter.passed)
      for slot in laterSlots { batch.columns[slot] = columns.columns[slot] }
      return batch
    }
  }

  private func decodeLater(_ rows: [Int32]?) throws {
    for slot in laterSlots {
      guard let rows else {
        try scan.decode(slot: slot, into: columns.columns[slot])
        continue
      }
      try rows.withUnsafeBufferPointer { rows throws(ScanError) in
        try scan.decode(slot: slot, rows: rows, into: columns.columns[slot])
      }
    }
  }

  private func located<Value>(
    _ body: () throws(EvaluationError) -> Value
  ) throws(RowError) -> Value {
    do {
      return try body()
    } catch {
      throw RowError(failure: error, recordOffset: recordOffset(row: error.row))
    }
  }
}
