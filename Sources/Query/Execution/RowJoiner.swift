import Columnar

/// Joins rows with those of a table that is held whole: finds partners by their keys, in the table's
/// order, and keeps those that meet the condition.
final class RowJoiner: RowStage {
  private let keys: [ExpressionNode]
  private let partners: KeyedRows
  private let gatherer: RowGatherer
  private let slots: Range<Int>
  private let columns: [ColumnVector]
  private let joined: [ColumnVector]
  private let condition: ExpressionNode?
  private let keepsAll: Bool

  private(set) var sources: [Int32] = []
  private var matches: [Int32] = []
  /// For each pair, whether its row has no further candidates behind it.
  private var isLast: [Bool] = []
  private var batch: Batch?
  private var groups: [UInt32] = []
  private var row = 0
  private var candidate = 0
  /// Whether the row that is at its turn has had a partner.
  private var hasPartner = false

  /// - Parameters:
  ///   - slots: where the table's columns go.
  ///   - kept: the slots of before that are read afterwards.
  /// - Throws: ``SQLError`` when the table cannot be read or an expression cannot be compiled.
  init(
    _ join: JoinPlan, slots: Range<Int>, kept: [Int], _ compiler: ExpressionCompiler,
    _ tables: TableRows
  ) throws(SQLError) {
    keys = try join.keys.map { (key: JoinPlan.Key) throws(SQLError) in
      try compiler.compile(key.row)
    }
    let rows = try tables.rows(of: join.rows)
    partners = try KeyedRows(rows, keys: join.keys.map(\.table))
    keepsAll = join.kind == .left
    columns = join.columns.map { index in
      guard join.kind == .left else { return rows.columns[index] }
      // The row of NULLs behind the table's is the partner of rows that have none.
      let column = rows.columns[index].slice(0..<rows.count)
      column.appendNull()
      return column
    }
    joined = columns.map { ColumnVector(type: $0.type, capacity: 0) }
    condition = try join.condition.map(compiler.compile)
    self.slots = slots
    let read = Set(kept).union(join.condition?.slots ?? []).subtracting(slots)
    gatherer = RowGatherer(slots: read.sorted())
  }

  func begin(_ batch: Batch) throws(EvaluationError) {
    var values: [ColumnVector] = []
    for key in keys { values.append(try key.evaluate(batch)) }
    partners.find(values, count: batch.count, to: &groups)
    self.batch = batch
    row = 0
    candidate = 0
    hasPartner = false
  }

  func next(limit: Int) throws(EvaluationError) -> Batch? {
    guard let batch else { return nil }
    while row < batch.count {
      collect(batch, limit)
      guard let condition else {
        if sources.isEmpty { continue }
        return pairs(batch)
      }
      keep(try condition.evaluate(pairs(batch)))
      if !sources.isEmpty { return pairs(batch) }
    }
    self.batch = nil
    return nil
  }

  /// Lists pairs of rows and candidates, at most `limit`.
  private func collect(_ batch: Batch, _ limit: Int) {
    sources.removeAll(keepingCapacity: true)
    matches.removeAll(keepingCapacity: true)
    isLast.removeAll(keepingCapacity: true)
    while row < batch.count, sources.count < limit {
      let candidates = partners.places(of: groups[row])
      let end = min(candidates.count, candidate + limit - sources.count)
      for index in candidate..<end {
        sources.append(Int32(row))
        matches.append(partners.row(at: candidates.lowerBound + index))
        isLast.append(index == candidates.count - 1)
      }
      candidate = end
      guard candidate == candidates.count else { return }
      if candidates.isEmpty, keepsAll {
        sources.append(Int32(row))
        matches.append(Int32(partners.count))
        isLast.append(true)
      }
      row += 1
      candidate = 0
    }
  }

  /// Leaves out the pairs that do not meet the condition; a row that is to be kept and has no pair
  /// left gets the row of NULLs.
  private func keep(_ passes: ColumnVector) {
    let values = passes.values(as: UInt8.self)
    var kept = 0
    for index in sources.indices {
      let isAlone = matches[index] == Int32(partners.count)
      let isPair = !isAlone && values[index] & passes.validity[index] != 0
      if isPair { hasPartner = true }
      let isUnmatched = isLast[index] && keepsAll && !hasPartner
      if isLast[index] { hasPartner = false }
      guard isPair || isUnmatched else { continue }
      sources[kept] = sources[index]
      matches[kept] = isPair ? matches[index] : Int32(partners.count)
      kept += 1
    }
    sources.removeLast(sources.count - kept)
    matches.removeLast(matches.count - kept)
  }

  private func pairs(_ batch: Batch) -> Batch {
    var result = gatherer.gather(batch, sources)
    for (index, slot) in slots.enumerated() {
      matches.withUnsafeBufferPointer { joined[index].gather(from: columns[index], rows: $0) }
      result.columns[slot] = joined[index]
    }
    return result
  }
}
