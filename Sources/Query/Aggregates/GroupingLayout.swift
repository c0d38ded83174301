import Columnar

/// The shape of a grouping: a layout for each of its sets. Reads and writes partial states and says
/// what finished groups look like.
///
/// A partial state is the byte ``version``, and then that of each set (``GroupLayout``).
struct GroupingLayout {
  /// The version that is written and read.
  static let version: UInt8 = 2

  /// The layouts of the grouping sets.
  let sets: [GroupLayout]
  private let grouping: Grouping

  /// - Throws: ``SQLError`` for an aggregate that there is no state for.
  init(_ grouping: Grouping) throws(SQLError) {
    self.grouping = grouping
    sets = try grouping.sets.map { (set: [Int]) throws(SQLError) in
      try GroupLayout(grouping, set: set)
    }
  }

  /// The columns of finished groups: all keys, the aggregates, the markers.
  var types: [ColumnType] {
    grouping.keys.map(\.type) + grouping.aggregates.map(\.type)
      + grouping.markers.map { _ in .integer }
  }

  /// No groups in any set but those without keys, which have theirs.
  ///
  /// - Parameter expected: how many groups of each set there is room for from the start; none when
  ///   it is empty.
  func makeGroups(expecting expected: [Int] = []) -> [Groups] {
    sets.enumerated().map { index, layout in
      Groups(layout, expecting: expected.isEmpty ? 0 : expected[index])
    }
  }

  /// The rows of a set's finished groups: keys that are not in the set are NULL.
  func rows(_ finished: Batch, ofSet index: Int) -> Batch {
    let set = grouping.sets[index]
    if set.count == grouping.keys.count, grouping.markers.isEmpty { return finished }
    var rows = Batch(columns: [], count: finished.count)
    for (key, expression) in grouping.keys.enumerated() {
      if let place = set.firstIndex(of: key) {
        rows.columns.append(finished.columns[place])
      } else {
        let nulls = ColumnVector(type: expression.type, capacity: finished.count)
        nulls.fillNull(count: finished.count)
        rows.columns.append(nulls)
      }
    }
    rows.columns += finished.columns[set.count...]
    for marker in grouping.markers {
      let values = ColumnVector(type: .integer, capacity: finished.count)
      values.fill(grouping.value(of: marker, in: set), count: finished.count)
      rows.columns.append(values)
    }
    return rows
  }

  /// Appends the partial states of all sets to `sink`.
  func encode<Sink: ByteSink & ~Copyable>(_ groups: [PartialGroups], into sink: inout Sink) {
    sink.reserve(1).storeBytes(of: Self.version, as: UInt8.self)
    sink.advance(by: 1)
    for (layout, groups) in zip(sets, groups) { layout.encode(groups, into: &sink) }
  }

  /// Reads partial states that are all of `bytes`; nothing in them is believed.
  ///
  /// - Throws: ``PartialResultError`` for bytes that are no partial states of this layout.
  func decode(_ bytes: UnsafeRawBufferPointer) throws(PartialResultError) -> [PartialGroups] {
    guard let version = bytes.first, version == Self.version else {
      throw PartialResultError("it does not begin with version \(Self.version)")
    }
    var offset = 1
    var groups: [PartialGroups] = []
    for layout in sets { groups.append(try layout.decode(bytes, at: &offset)) }
    guard offset == bytes.count else {
      throw PartialResultError("\(bytes.count - offset) bytes too many")
    }
    return groups
  }
}
