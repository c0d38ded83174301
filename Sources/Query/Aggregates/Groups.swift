import Columnar

/// Groups in order of first appearance with the states of their aggregates.
final class Groups {
  let layout: GroupLayout
  /// Numbers the keys.
  let table: GroupTable
  /// One for each aggregate, grown to the table's groups.
  let states: [AggregateState]
  private var numbers: [UInt32] = []

  /// No groups; without keys, the one group with no rows.
  ///
  /// - Parameter expected: how many groups there is room for from the start.
  init(_ layout: GroupLayout, expecting expected: Int = 0) {
    self.layout = layout
    table = GroupTable(types: layout.keys, expecting: expected)
    states = layout.makeStates()
    grow()
  }

  /// Numbers the rows' keys into `groups`, with states for new ones.
  func assign(_ keys: [ColumnVector], count: Int, to groups: inout [UInt32]) {
    table.assign(keys, count: count, to: &groups)
    grow()
  }

  /// The states as columns; valid until the next change.
  func partial() -> PartialGroups {
    PartialGroups(count: table.count, keys: table.keys, states: states.map { $0.columns() })
  }

  /// Takes in the groups of the rows that follow this one's: its own keep their order, new ones come
  /// after them.
  ///
  /// - Throws: ``EvaluationError`` with the aggregate's position when a merged value does not fit.
  func merge(_ right: PartialGroups) throws(EvaluationError) {
    assign(right.keys, count: right.count, to: &numbers)
    let mapping = Array(numbers.prefix(right.count))
    for (index, state) in states.enumerated() {
      do {
        try state.merge(right.states[index], into: mapping)
      } catch {
        throw EvaluationError(
          row: error.row, position: layout.calls[index].position, error.message)
      }
    }
  }

  /// The finished groups: the keys, then the aggregates. Only once.
  ///
  /// - Throws: ``EvaluationError`` with the aggregate's position when a value does not fit.
  func finish() throws(EvaluationError) -> Batch {
    var batch = Batch(columns: table.keys, count: table.count)
    for (index, state) in states.enumerated() {
      do {
        batch.columns.append(try state.finish())
      } catch {
        throw EvaluationError(
          row: error.row, position: layout.calls[index].position, error.message)
      }
    }
    return batch
  }

  private func grow() {
    for state in states { state.grow(to: table.count) }
  }
}
