import Columnar

/// The shape of the groups of one grouping set: its keys' types and its aggregates. Makes states and
/// reads and writes partial ones.
///
/// A partial state is a batch (``BatchCodec``) with a row for each group - the keys, then the columns
/// of the aggregates that have a row for each group -, and for each other aggregate a batch of its
/// own.
struct GroupLayout {
  /// The keys' types.
  let keys: [ColumnType]
  /// The aggregates.
  let calls: [AggregateCall]

  /// - Parameter set: the indexes of the keys that are grouped by.
  /// - Throws: ``SQLError`` for an aggregate that there is no state for.
  init(_ grouping: Grouping, set: [Int]) throws(SQLError) {
    keys = set.map { grouping.keys[$0].type }
    calls = grouping.aggregates
    for call in calls { _ = try AggregateState.make(for: call) }
  }

  /// Empty states for all aggregates.
  func makeStates() -> [AggregateState] {
    calls.map { call in
      do {
        return try AggregateState.make(for: call)
      } catch {
        preconditionFailure("this aggregate had a state when the layout was made: \(error)")
      }
    }
  }

  /// Appends a partial state to `sink`.
  func encode<Sink: ByteSink & ~Copyable>(_ groups: PartialGroups, into sink: inout Sink) {
    var main = Batch(columns: groups.keys, count: groups.count)
    let states = zip(groups.states, makeStates())
    for (columns, state) in states where state.isByGroup { main.columns += columns }
    BatchCodec.encode(main, into: &sink)
    for (columns, state) in states where !state.isByGroup {
      BatchCodec.encode(Batch(columns: columns, count: columns[0].count), into: &sink)
    }
  }

  /// Reads a partial state from `offset` on; nothing in the bytes is believed.
  ///
  /// - Throws: ``PartialResultError`` for bytes that are no partial state of this layout.
  func decode(
    _ bytes: UnsafeRawBufferPointer, at offset: inout Int
  ) throws(PartialResultError) -> PartialGroups {
    let states = makeStates()
    let byGroup = states.filter(\.isByGroup)
    let main = try batch(bytes, &offset, types: keys + byGroup.flatMap(\.partialTypes))
    if keys.isEmpty, main.count != 1 {
      throw PartialResultError("\(main.count) groups where there is one")
    }
    var groups = PartialGroups(
      count: main.count, keys: Array(main.columns[..<keys.count]), states: [])
    var next = keys.count
    for state in states {
      let width = state.isByGroup ? state.partialTypes.count : 0
      groups.states.append(Array(main.columns[next..<next + width]))
      next += width
    }
    for (index, state) in states.enumerated() where !state.isByGroup {
      groups.states[index] = try batch(bytes, &offset, types: state.partialTypes).columns
    }
    return groups
  }

  private func batch(
    _ bytes: UnsafeRawBufferPointer, _ offset: inout Int, types: [ColumnType]
  ) throws(PartialResultError) -> Batch {
    let batch: Batch
    do {
      batch = try BatchCodec.decode(bytes, at: &offset, owner: nil)
    } catch {
      throw PartialResultError("\(error)")
    }
    guard batch.columns.map(\.type) == types else {
      throw PartialResultError("its columns are not those of the query")
    }
    return batch
  }
}
