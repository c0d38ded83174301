import Columnar

/// Numbers the distinct keys of rows in order of first appearance: 0, 1, 2, ….
///
/// An open-addressing table of power-of-two size. An entry is the upper half of the key's hash and
/// the group's number; the keys themselves stand in columns, one row for each group. The hash has no
/// seed, so that the table behaves the same everywhere. NULL is a key like any other.
///
/// There is a loop for each shape of the key: none, one fixed-width value, one text, several
/// (``PackedKeys``).
final class GroupTable {
  /// Stands for "no such key" in what ``find(_:count:)`` answers.
  static let none = UInt32.max

  /// The keys, one row for each group.
  let keys: [ColumnVector]
  /// Groups numbered so far.
  private(set) var count = 0

  // Exclusive access to the parts below is not checked at run time: each is used by this table's
  // methods alone, which hold none of them across a call of another that changes it.

  /// For each place the upper half of the hash above the group's number + 1, or 0 when it is free.
  @exclusivity(unchecked)
  private var entries: UnsafeMutablePointer<UInt64>
  /// Places, less one.
  @exclusivity(unchecked)
  private var mask: Int
  @exclusivity(unchecked)
  private var groupHashes: [UInt64] = []
  @exclusivity(unchecked)
  private var rowHashes: [UInt64] = []
  /// The keys of several columns as words; `nil` for one column, and for more than it can pack.
  @exclusivity(unchecked)
  private var packed: PackedKeys?
  /// What ``fetch(_:_:)`` read, so that it is not left out.
  private var fetched: UInt64 = 0
  /// The group of a single key that is NULL, which has no entry.
  private var nullGroup: UInt32?

  /// The most groups that there is made room for before they are there.
  private static let mostExpected = 1 << 20
  /// From this many places on a table is larger than what is near the processor.
  private static let manyPlaces = 1 << 13
  /// Up to here all of it fits what is nearest.
  private static let nearPlaces = 1 << 12

  /// An empty table for keys of these types; without any there is one group, 0, from the start.
  ///
  /// - Parameter expected: how many groups there is room for from the start.
  init(types: [ColumnType], expecting expected: Int = 0) {
    let expected = min(expected, Self.mostExpected)
    keys = types.map { ColumnVector(type: $0, capacity: max(expected, 16)) }
    groupHashes.reserveCapacity(expected)
    var places = 64
    while places < expected * 2 { places *= 2 }
    mask = places - 1
    entries = .allocate(capacity: places)
    entries.initialize(repeating: 0, count: places)
    if types.isEmpty { count = 1 }
    if types.count > 1, types.count <= PackedKeys.mostColumns { packed = PackedKeys(types: types) }
  }

  deinit { entries.deallocate() }

  /// The least number of places for each group: more where all of them stay near the processor, since
  /// each place that two keys contend for is a branch that cannot be foreseen.
  private static func placesPerGroup(of places: Int) -> Int { places < nearPlaces ? 4 : 2 }

  /// Numbers the keys of `rows` rows; new keys get new groups.
  func assign(_ columns: [ColumnVector], count rows: Int, to groups: inout [UInt32]) {
    number(columns, rows, &groups, inserting: true)
  }

  /// Looks up the keys of `rows` rows; those that are not there get ``none``.
  func find(_ columns: [ColumnVector], count rows: Int, to groups: inout [UInt32]) {
    number(columns, rows, &groups, inserting: false)
  }

  private func number(
    _ columns: [ColumnVector], _ rows: Int, _ groups: inout [UInt32], inserting: Bool
  ) {
    precondition(columns.count == keys.count)
    if groups.count < rows { groups = [UInt32](repeating: 0, count: rows) }
    let hashed = columns.reduce(rows) { max($0, $1.count) }
    if rowHashes.count < hashed { rowHashes = [UInt64](repeating: 0, count: hashed) }
    groups.withUnsafeMutableBufferPointer { groups in
      guard let groups = groups.baseAddress else { return }
      if keys.isEmpty {
        groups.update(repeating: 0, count: rows)
        return
      }
      if packed != nil {
        numberPacked(columns, rows, groups, inserting)
        return
      }
      rowHashes.withUnsafeMutableBufferPointer { hashes in
        for (index, column) in columns.enumerated() {
          column.hash(into: hashes.baseAddress!, combine: index > 0)
        }
      }
      guard columns.count == 1 else {
        numberRows(columns, rows, groups, inserting)
        return
      }
      switch columns[0].type {
      case .boolean: numberValues(UInt8.self, columns, rows, groups, inserting)
      case .integer, .date: numberValues(Int32.self, columns, rows, groups, inserting)
      case .bigint, .timestamp, .timestamptz:
        numberValues(Int64.self, columns, rows, groups, inserting)
      case .double: numberValues(Double.self, columns, rows, groups, inserting)
      case .numeric: numberValues(Numeric.self, columns, rows, groups, inserting)
      case .interval: numberValues(Interval.self, columns, rows, groups, inserting)
      case .text: numberValues(StringView.self, columns, rows, groups, inserting)
      }
    }
  }

  @inline(__always)
  private func numberValues<Value: GroupKeyValue>(
    _: Value.Type, _ columns: [ColumnVector], _ rows: Int,
    _ groups: UnsafeMutablePointer<UInt32>, _ inserting: Bool
  ) {
    let column = columns[0]
    let values = column.values(as: Value.self)
    if mask >= Self.manyPlaces { fetch(Value.self, rows) }
    var row = 0
    // Runs over known keys with everything in registers; leaves for each new key, which may move
    // the table and the keys.
    while row < rows {
      row = skipKnown(from: row, to: rows, column, values, groups)
      guard row < rows else { return }
      if column.isNull(row) {
        if nullGroup == nil, inserting { nullGroup = addGroup(columns, row) }
        groups[row] = nullGroup ?? Self.none
      } else {
        groups[row] = inserting ? insert(columns, row) : Self.none
      }
      row += 1
    }
  }

  /// Reads the places and keys that the rows will need. One read does not wait for the other here,
  /// while those that follow a comparison do: many are under way at the same time.
  @inline(__always)
  private func fetch<Value: GroupKeyValue>(_: Value.Type, _ rows: Int) {
    let (entries, mask, count) = (entries, mask, UInt32(count))
    let known = keys[0].values(as: Value.self)
    rowHashes.withUnsafeBufferPointer { hashes in
      guard let hashes = hashes.baseAddress else { return }
      var read: UInt64 = 0
      for row in 0..<rows { read |= entries[Int(truncatingIfNeeded: hashes[row]) & mask] }
      for row in 0..<rows {
        let group = UInt32(truncatingIfNeeded: entries[Int(truncatingIfNeeded: hashes[row]) & mask])
        if group &- 1 < count { read |= Value.read(known + Int(group &- 1)) }
      }
      fetched = read
    }
  }

  /// Numbers rows with a single key from `start` up to the first that is NULL or not known.
  @inline(__always)
  private func skipKnown<Value: GroupKeyValue>(
    from start: Int, to rows: Int, _ column: ColumnVector, _ values: UnsafeMutablePointer<Value>,
    _ groups: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let known = keys[0].values(as: Value.self)
    let hasNulls = column.hasNulls
    let validity = column.validity
    let (entries, mask) = (entries, mask)
    return rowHashes.withUnsafeBufferPointer { hashes in
      guard let hashes = hashes.baseAddress else { return rows }
      for row in start..<rows {
        if hasNulls, validity[row] == 0 { return row }
        let hash = hashes[row]
        let value = values[row]
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
          let entry = entries[place]
          if entry == 0 { return row }
          let group = UInt32(truncatingIfNeeded: entry) &- 1
          if entry >> 32 == hash >> 32, Value.isEqual(known[Int(group)], value) {
            groups[row] = group
            break
          }
          place = (place &+ 1) & mask
        }
      }
      return rows
    }
  }

  /// Numbers rows whose keys have several columns, by their words.
  private func numberPacked(
    _ columns: [ColumnVector], _ rows: Int, _ groups: UnsafeMutablePointer<UInt32>,
    _ inserting: Bool
  ) {
    rowHashes.withUnsafeMutableBufferPointer { hashes in
      guard let hashes = hashes.baseAddress else { return }
      packed?.pack(columns, count: rows, hashes: hashes)
    }
    var row = 0
    while row < rows {
      row = skipPacked(from: row, to: rows, columns, groups)
      guard row < rows else { return }
      groups[row] = inserting ? insert(columns, row) : Self.none
      row += 1
    }
  }

  /// Numbers rows from `start` up to the first whose key is not known.
  private func skipPacked(
    from start: Int, to rows: Int, _ columns: [ColumnVector],
    _ groups: UnsafeMutablePointer<UInt32>
  ) -> Int {
    guard let packed else { return rows }
    let (entries, mask) = (entries, mask)
    let width = packed.width
    let needsColumns = packed.needsColumns
    return rowHashes.withUnsafeBufferPointer { hashes in
      packed.withWords { known, words in
        guard let hashes = hashes.baseAddress else { return rows }
        for row in start..<rows {
          let hash = hashes[row]
          let own = words + row &* width
          var place = Int(truncatingIfNeeded: hash) & mask
          while true {
            let entry = entries[place]
            if entry == 0 { return row }
            let group = UInt32(truncatingIfNeeded: entry) &- 1
            if entry >> 32 == hash >> 32 {
              let other = known + Int(group) &* width
              var differences: UInt64 = 0
              for index in 0..<width { differences |= own[index] ^ other[index] }
              if differences == 0,
                !needsColumns || packed.isSame(Int(group), keys, row, columns)
              {
                groups[row] = group
                break
              }
            }
            place = (place &+ 1) & mask
          }
        }
        return rows
      }
    }
  }

  /// Numbers rows whose keys have more columns than can be packed.
  private func numberRows(
    _ columns: [ColumnVector], _ rows: Int, _ groups: UnsafeMutablePointer<UInt32>,
    _ inserting: Bool
  ) {
    for row in 0..<rows {
      let hash = rowHashes[row]
      var place = Int(truncatingIfNeeded: hash) & mask
      while true {
        let entry = entries[place]
        if entry == 0 {
          groups[row] = inserting ? insert(columns, row) : Self.none
          break
        }
        let group = UInt32(truncatingIfNeeded: entry) &- 1
        if entry >> 32 == hash >> 32, isGroup(Int(group), columns, row) {
          groups[row] = group
          break
        }
        place = (place &+ 1) & mask
      }
    }
  }

  private func isGroup(_ group: Int, _ columns: [ColumnVector], _ row: Int) -> Bool {
    for (index, column) in columns.enumerated()
    where !keys[index].equalRows(group, column, row) {
      return false
    }
    return true
  }

  /// Adds the key in `row`, which is not there yet, to the table.
  @inline(never)
  private func insert(_ columns: [ColumnVector], _ row: Int) -> UInt32 {
    let group = addGroup(columns, row)
    if count * Self.placesPerGroup(of: mask + 1) > mask + 1 { enlarge() } else { enter(group) }
    return group
  }

  private func addGroup(_ columns: [ColumnVector], _ row: Int) -> UInt32 {
    precondition(count < Int(Int32.max), "more than 2^31 - 1 groups")
    for (index, column) in columns.enumerated() { keys[index].append(copying: column, row: row) }
    groupHashes.append(rowHashes[row])
    packed?.addGroup(row)
    count += 1
    return UInt32(count - 1)
  }

  private func enlarge() {
    let places = (mask + 1) * 2
    entries.deallocate()
    entries = .allocate(capacity: places)
    entries.initialize(repeating: 0, count: places)
    mask = places - 1
    for group in 0..<UInt32(count) where group != nullGroup { enter(group) }
  }

  private func enter(_ group: UInt32) {
    let hash = groupHashes[Int(group)]
    let (entries, mask) = (entries, mask)
    var place = Int(truncatingIfNeeded: hash) & mask
    while entries[place] != 0 { place = (place &+ 1) & mask }
    entries[place] = (hash >> 32) << 32 | UInt64(group + 1)
  }
}
