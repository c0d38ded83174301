import Columnar

/// An aggregate over the frames of a window.
///
/// Where frames are whole partitions, partitions are groups. Otherwise the states of blocks of rows
/// are made once, of ``radix`` rows, of as many of those, and so on, and every frame is put together
/// from the few blocks that cover it, in order: the work grows with the rows and the logarithm of the
/// frames' length. (A segment tree, as in Leis, Kundhikanjana, Kemper and Neumann, "Efficient
/// Processing of Window Functions in Analytical SQL Queries", VLDB 2015.)
final class FrameAggregate {
  private static let radix = 8

  private let call: AggregateCall
  private let step: AggregateStep

  /// - Throws: ``SQLError`` when an expression cannot be compiled, or there is no such aggregate.
  init(_ call: AggregateCall, _ compiler: ExpressionCompiler) throws(SQLError) {
    self.call = call
    step = try AggregateStep(call, compiler)
    _ = try AggregateState.make(for: call)
  }

  /// The values for all places of `sorted`, the rows in the window's order.
  func values(
    _ sorted: Batch, _ rows: OrderedRows, _ frames: FrameFinder
  ) throws(EvaluationError) -> ColumnVector {
    do {
      if frames.isWholePartition { return try overPartitions(sorted, rows) }
      return makeState().isByGroup
        ? try overBlocks(sorted, rows, frames) : try oneByOne(sorted, rows, frames)
    } catch {
      let row = sorted.count > 0 ? Int(rows.rows[min(error.row, sorted.count - 1)]) : 0
      throw EvaluationError(row: row, position: call.position, error.message)
    }
  }

  private func makeState() -> AggregateState {
    do {
      return try AggregateState.make(for: call)
    } catch {
      preconditionFailure("this aggregate had a state when the window was made: \(error)")
    }
  }

  private func overPartitions(
    _ sorted: Batch, _ rows: OrderedRows
  ) throws(EvaluationError) -> ColumnVector {
    let state = makeState()
    state.grow(to: rows.partitions.count - 1)
    try update(state, sorted, 0..<sorted.count) { UInt32(rows.partition[$0]) }
    let finished = try state.finish()
    let result = ColumnVector(type: finished.type, capacity: sorted.count)
    rows.partition.withUnsafeBufferPointer { result.gather(from: finished, rows: $0) }
    return result
  }

  /// Takes in the rows at `places`, each for the group that `group` names.
  private func update(
    _ state: AggregateState, _ sorted: Batch, _ places: Range<Int>, _ group: (Int) -> UInt32
  ) throws(EvaluationError) {
    var scratch: [UInt32] = []
    for start in stride(from: places.lowerBound, to: places.upperBound, by: RowReader.batchRows) {
      let range = start..<min(start + RowReader.batchRows, places.upperBound)
      do {
        let values = try step.evaluate(sorted.slice(range))
        try step.update(state, values, groups: range.map(group), scratch: &scratch)
      } catch {
        throw EvaluationError(row: start + error.row, position: error.position, error.message)
      }
    }
  }

  // MARK: Blocks

  private func overBlocks(
    _ sorted: Batch, _ rows: OrderedRows, _ frames: FrameFinder
  ) throws(EvaluationError) -> ColumnVector {
    let levels = try levels(sorted)
    let state = makeState()
    state.grow(to: sorted.count)
    var pieces = FramePieces(radix: Self.radix, levels: levels.count)
    // In portions, so that the lists of pieces stay small.
    for start in stride(from: 0, to: sorted.count, by: 4 * RowReader.batchRows) {
      let places = start..<min(start + 4 * RowReader.batchRows, sorted.count)
      pieces.cover(places) { frames.ranges($0) }
      for round in pieces.rounds {
        for (level, part) in round.enumerated() where !part.blocks.isEmpty {
          let columns = levels[level].map { column in
            let gathered = ColumnVector(type: column.type, capacity: part.blocks.count)
            part.blocks.withUnsafeBufferPointer { gathered.gather(from: column, rows: $0) }
            return gathered
          }
          do {
            try state.merge(columns, into: part.places)
          } catch {
            throw EvaluationError(row: Int(part.places[error.row]), error.message)
          }
        }
      }
    }
    return try state.finish()
  }

  /// The states of the blocks of each level as columns; a block of level 0 is a row.
  private func levels(_ sorted: Batch) throws(EvaluationError) -> [[ColumnVector]] {
    let rows = makeState()
    rows.grow(to: sorted.count)
    try update(rows, sorted, 0..<sorted.count) { UInt32($0) }
    var levels = [rows.columns().map { $0.slice(0..<sorted.count) }]
    var count = sorted.count
    while count > Self.radix {
      let blocks = (count + Self.radix - 1) / Self.radix
      let state = makeState()
      state.grow(to: blocks)
      try state.merge(
        levels[levels.count - 1], into: (0..<count).map { UInt32($0 / Self.radix) })
      levels.append(state.columns().map { $0.slice(0..<blocks) })
      count = blocks
    }
    return levels
  }

  // MARK: One by one

  /// For states that keep values: every frame is gone through.
  private func oneByOne(
    _ sorted: Batch, _ rows: OrderedRows, _ frames: FrameFinder
  ) throws(EvaluationError) -> ColumnVector {
    let result = ColumnVector(type: call.type, capacity: sorted.count)
    var known: (ranges: [Range<Int>], value: ColumnVector)?
    for place in 0..<sorted.count {
      let ranges = frames.ranges(place)
      let value: ColumnVector
      if let known, known.ranges == ranges {
        value = known.value
      } else {
        let state = makeState()
        state.grow(to: 1)
        for range in ranges { try update(state, sorted, range) { _ in 0 } }
        value = try state.finish()
        known = (ranges, value)
      }
      result.append(copying: value, row: 0)
    }
    return result
  }
}
