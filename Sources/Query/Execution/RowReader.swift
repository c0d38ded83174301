import Columnar
import Formats
import Operators

/// Reads a partition's rows, a batch at a time: decodes the filter's columns, filters, decodes the
/// other columns for the rows that passed, expands and joins.
final class RowReader {
  /// Rows of a batch at most: a few columns of as many fit the second-level cache.
  static let batchRows = 2048

  /// A stage and the part of the condition that reads what it adds.
  private struct Step {
    let stage: any RowStage
    let filter: RowFilter?
  }

  private let scan: any BatchScan
  private let filter: RowFilter?
  private let steps: [Step]
  private let filterSlots: [Int]
  private let laterSlots: [Int]
  private var columns: Batch
  private var progress: (any ReadingProgress)?
  /// The steps that the rows went through that were made last.
  private var reached = 0
  /// Whether the filter of the last step that was reached has been applied.
  private var isFiltered = false

  /// Records read of this partition.
  private(set) var rows = 0

  /// Records left out of this partition because they were bad.
  var skipped: Int { scan.skipped }

  /// - Parameters:
  ///   - compiler: the plan's.
  ///   - scan: gives the columns that the plan reads.
  /// - Throws: ``SQLError`` when the plan cannot be compiled.
  init(
    _ plan: SelectPlan, _ compiler: ExpressionCompiler, scan: any BatchScan, tables: TableRows
  ) throws(SQLError) {
    let layout = RowLayout(plan)
    var needed = Set(plan.inputExpressions.flatMap(\.slots))
    var steps: [Step] = []
    for level in layout.levels.dropFirst().reversed() {
      let kept = needed
      let filter = try level.filter.map { (condition: Expression) throws(SQLError) in
        try RowFilter(condition, kept: kept.sorted(), compiler)
      }
      needed.formUnion(level.filter?.slots ?? [])
      let before = needed.subtracting(level.slots)
      steps.append(
        Step(
          stage: try layout.stage(level, kept: before.sorted(), compiler, tables),
          filter: filter))
      needed = before.union(layout.reads(level)).subtracting(level.slots)
    }
    self.steps = steps.reversed()
    let condition = layout.levels[0].filter
    filter = try condition.map { (condition: Expression) throws(SQLError) in
      // The others are decoded afterwards, for the rows that passed only.
      try RowFilter(condition, kept: needed.intersection(condition.slots).sorted(), compiler)
    }
    filterSlots = condition?.slots ?? []
    laterSlots = needed.subtracting(filterSlots).sorted()
    self.columns = Batch(
      columns: compiler.slots.map { ColumnVector(type: $0, capacity: 0) }, count: 0)
    self.scan = scan
  }

  /// Starts with a partition, whose data stays valid until the next.
  func begin(_ partition: PartitionInput) {
    scan.begin(partition.content, owner: nil)
    progress = partition.progress
    rows = 0
    reached = 0
  }

  /// The next rows, at least one; `nil` at the end. Valid until the next call.
  ///
  /// - Throws: ``ScanError`` or ``RowError``.
  func next() throws -> Batch? {
    // From the last step, which may have rows left, down to the scan and up again.
    while true {
      guard let batch = reached == 0 ? try nextRecords() : try nextOfStep() else {
        if reached == 0 { return nil }
        reached -= 1
        continue
      }
      if reached == steps.count { return batch }
      try located { () throws(EvaluationError) in try steps[reached].stage.begin(batch) }
      reached += 1
    }
  }

  /// The next rows of the last step that was reached, after its filter; `nil` when it has no more.
  private func nextOfStep() throws -> Batch? {
    let step = steps[reached - 1]
    isFiltered = false
    while let batch = try located({ () throws(EvaluationError) in
      try step.stage.next(limit: Self.batchRows)
    }) {
      guard let filter = step.filter else { return batch }
      let passed = try located { () throws(EvaluationError) in try filter.select(batch) }
      guard passed > 0 else { continue }
      isFiltered = true
      return filter.keep(batch)
    }
    return nil
  }

  /// Where the record of a row of the last answer starts, counted from the partition's start.
  func recordOffset(row: Int) -> Int {
    var row = row
    for level in (0..<reached).reversed() {
      if level < reached - 1 || isFiltered, let passed = steps[level].filter?.passed {
        row = Int(passed[row])
      }
      row = Int(steps[level].stage.sources[row])
    }
    if let passed = filter?.passed { row = Int(passed[row]) }
    return scan.recordOffset(row: row)
  }

  /// The next records that pass the filter, with all columns that are read.
  private func nextRecords() throws -> Batch? {
    while true {
      columns.count = try scan.nextRows(limit: Self.batchRows)
      if columns.count == 0 {
        progress = nil
        return nil
      }
      rows += columns.count
      progress?.reached(scan.recordOffset(row: 0))
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
