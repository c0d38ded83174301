import Columnar

/// Rows of a table by what their keys are.
struct KeyedRows {
  /// Rows of the table.
  let count: Int
  private let table: GroupTable
  /// For each group, where its rows begin in ``rows``; one more at the end.
  private var starts: [Int] = [0]
  private var rows: [Int32] = []

  /// The rows of `batch`, in order, by the values of `keys` over its columns; without keys all rows
  /// belong together. Rows with a NULL among their keys are left out.
  ///
  /// - Throws: ``SQLError`` when a key cannot be compiled or computed.
  init(_ batch: Batch, keys: [Expression]) throws(SQLError) {
    count = batch.count
    let compiler = ExpressionCompiler(slots: batch.columns.map(\.type))
    table = GroupTable(types: keys.map(\.type))
    var numbered: [(row: Int32, group: UInt32)] = []
    var groups: [UInt32] = []
    let nodes = try keys.map { (key: Expression) throws(SQLError) in try compiler.compile(key) }
    for start in stride(from: 0, to: batch.count, by: RowReader.batchRows) {
      let part = batch.slice(start..<min(start + RowReader.batchRows, batch.count))
      do throws(EvaluationError) {
        var values: [ColumnVector] = []
        for node in nodes { values.append(try node.evaluate(part)) }
        let known = (0..<Int32(part.count)).filter { row in
          values.allSatisfy { !$0.isNull(Int(row)) }
        }
        let complete = values.map { value in
          let kept = ColumnVector(type: value.type, capacity: known.count)
          known.withUnsafeBufferPointer { kept.gather(from: value, rows: $0) }
          return kept
        }
        table.assign(complete, count: known.count, to: &groups)
        for (index, row) in known.enumerated() {
          numbered.append((Int32(start) + row, groups[index]))
        }
      } catch {
        throw SQLError(position: error.position, error.message)
      }
    }
    arrange(numbered)
  }

  private mutating func arrange(_ numbered: [(row: Int32, group: UInt32)]) {
    starts = [Int](repeating: 0, count: table.count + 1)
    for (_, group) in numbered { starts[Int(group) + 1] += 1 }
    for group in 0..<table.count { starts[group + 1] += starts[group] }
    rows = [Int32](repeating: 0, count: numbered.count)
    var next = starts
    for (row, group) in numbered {
      rows[next[Int(group)]] = row
      next[Int(group)] += 1
    }
  }

  /// Looks up the keys of `count` rows; a group for each, ``GroupTable/none`` where there is none.
  func find(_ keys: [ColumnVector], count: Int, to groups: inout [UInt32]) {
    table.find(keys, count: count, to: &groups)
  }

  /// The places of a group's rows, in order, which ``row(at:)`` takes; none for ``GroupTable/none``.
  func places(of group: UInt32) -> Range<Int> {
    group == GroupTable.none ? 0..<0 : starts[Int(group)]..<starts[Int(group) + 1]
  }

  /// The row at a place.
  func row(at place: Int) -> Int32 { rows[place] }
}
