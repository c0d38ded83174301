import Columnar

/// The shape of a grouping: its keys' types and its aggregates. Makes groups and reads and writes
/// their partial states.
///
/// A partial state is the byte ``version``, a batch (``BatchCodec``) with a row for each group - the
/// keys, then the columns of the aggregates that have a row for each group -, and for each other
/// aggregate a batch of its own.
struct GroupLayout {
  /// The version that is written and read.
  static let version: UInt8 = 1

  /// The keys' types.
  let keys: [ColumnType]
  /// The aggregates.
  let calls: [AggregateCall]

  /// - Throws: ``SQLError`` for an aggregate that there is no state for.
  init(_ grouping: Grouping) throws(SQLError) {
    keys = grouping.keys.map(\.type)
    calls = grouping.aggregates
    for call in calls { _ = try AggregateState.make(for: call) }
  }

  /// The columns of finished groups: the keys, then the aggregates.
  var types: [ColumnType] { keys + calls.map(\.type) }

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
    sink.reserve(1).storeBytes(of: Self.version, as: UInt8.self)
    sink.advance(by: 1)
    var main = Batch(columns: groups.keys, count: groups.count)
    let states = zip(groups.states, makeStates())
    for (columns, state) in states where state.isByGroup { main.columns += columns }
    BatchCodec.encode(main, into: &sink)
    for (columns, state) in states where !state.isByGroup {
      BatchCodec.encode(Batch(columns: columns, count: columns[0].count), into: &sink)
    }
  }

  /// Reads a partial state that is all of `bytes`; nothing in them is believed.
  ///
  /// - Throws: ``PartialResultError`` for bytes that are no partial state of this layout.
  func decode(_ bytes: UnsafeRawBufferPointer) throws(PartialResultError) -> PartialGroups {
    guard let version = bytes.first, version == Self.version else {
      throw PartialResultError("it does not begin with version \(Self.version)")
    }
    let states = makeStates()
    var offset = 1
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
    guard offset == bytes.count else {
      throw PartialResultError("\(bytes.count - offset) bytes too many")
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
