import Columnar

/// Keys of several columns as 64-bit words, a few for each row, so that nearly all are compared
/// without looking at their columns.
///
/// A row has a word for each column and a last one with a bit for each NULL. A word says all about a
/// value of fixed width and about text of up to seven bytes; it is a hash of longer text and of
/// numeric, which are compared in their columns where the words are the same.
struct PackedKeys {
  /// Columns there are bits for in the word of NULLs.
  static let mostColumns = 64
  private static let longText: UInt64 = 0xFF << 56

  /// Words of a row.
  let width: Int
  private let types: [ColumnType]
  /// The words of the groups.
  private var groups: [UInt64] = []
  /// The words of the rows that were packed last.
  private(set) var rows: [UInt64] = []
  /// Whether there was a value so far that its word does not say all about.
  private var hasInexact: Bool

  /// Keys of these types; at most ``mostColumns``.
  init(types: [ColumnType]) {
    precondition(types.count <= Self.mostColumns)
    self.types = types
    width = types.count + 1
    hasInexact = types.contains(.numeric)
  }

  /// Packs `count` rows and hashes them into as many places from `hashes`.
  mutating func pack(
    _ columns: [ColumnVector], count: Int, hashes: UnsafeMutablePointer<UInt64>
  ) {
    let needed = count * width
    if rows.count < needed { rows = [UInt64](repeating: 0, count: needed) }
    var hasLongText = false
    rows.withUnsafeMutableBufferPointer { rows in
      guard let base = rows.baseAddress else { return }
      for row in 0..<count { base[row * width + types.count] = 0 }
      for (index, column) in columns.enumerated() {
        hasLongText = Self.pack(column, count, base + index, width) || hasLongText
        guard column.hasNulls else { continue }
        for row in 0..<count where column.validity[row] == 0 {
          base[row * width + index] = 0
          base[row * width + types.count] |= 1 << UInt64(index)
        }
      }
      for row in 0..<count {
        let words = base + row * width
        var hash = ValueHash.bits(words[0])
        for index in 1..<width { hash = ValueHash.combine(hash, words[index]) }
        hashes[row] = hash
      }
    }
    if hasLongText { hasInexact = true }
  }

  /// Makes the key of a row that was packed last that of the next group.
  mutating func addGroup(_ row: Int) {
    groups.append(contentsOf: rows[row * width..<(row + 1) * width])
  }

  /// Calls `body` with the words of all groups and of the rows that were packed last.
  @inline(__always)
  func withWords<Result>(
    _ body: (UnsafePointer<UInt64>, UnsafePointer<UInt64>) -> Result
  ) -> Result {
    groups.withUnsafeBufferPointer { groups in
      rows.withUnsafeBufferPointer { rows in
        // An array that holds nothing may have no address; then nothing is read.
        let nothing = UnsafePointer<UInt64>(bitPattern: 8).unsafelyUnwrapped
        return body(groups.baseAddress ?? nothing, rows.baseAddress ?? nothing)
      }
    }
  }

  /// Whether a key whose words are the same as a group's may still be another.
  @inline(__always)
  var needsColumns: Bool { hasInexact }

  /// Whether a group's key and that in a row of `columns`, whose words are the same, are the same.
  func isSame(
    _ group: Int, _ keys: [ColumnVector], _ row: Int, _ columns: [ColumnVector]
  ) -> Bool {
    for (index, type) in types.enumerated() {
      let isInexact =
        type == .numeric || (type == .text && rows[row * width + index] >= Self.longText)
      if isInexact, !keys[index].equalRows(group, columns[index], row) { return false }
    }
    return true
  }

  /// Writes the word of each value, `width` words apart.
  ///
  /// - Returns: whether there was a text longer than a word can say.
  private static func pack(
    _ column: ColumnVector, _ count: Int, _ place: UnsafeMutablePointer<UInt64>, _ width: Int
  ) -> Bool {
    switch column.type {
    case .boolean: pack(UInt8.self, column, count, place, width) { UInt64($0) }
    case .integer, .date:
      pack(Int32.self, column, count, place, width) { UInt64(UInt32(bitPattern: $0)) }
    case .bigint, .timestamp, .timestamptz:
      pack(Int64.self, column, count, place, width) { UInt64(bitPattern: $0) }
    case .double:
      pack(Double.self, column, count, place, width) { value in
        // -0 as 0 and every NaN alike.
        value == 0 ? 0 : value.isNaN ? Double.nan.bitPattern : value.bitPattern
      }
    case .numeric:
      pack(Numeric.self, column, count, place, width) { ValueHash.numeric($0) }
    case .text:
      return packText(column, count, place, width)
    }
    return false
  }

  @inline(__always)
  private static func pack<Value: BitwiseCopyable>(
    _: Value.Type, _ column: ColumnVector, _ count: Int, _ place: UnsafeMutablePointer<UInt64>,
    _ width: Int, _ word: (Value) -> UInt64
  ) {
    let values = column.values(as: Value.self)
    for row in 0..<count { place[row &* width] = word(values[row]) }
  }

  private static func packText(
    _ column: ColumnVector, _ count: Int, _ place: UnsafeMutablePointer<UInt64>, _ width: Int
  ) -> Bool {
    let views = column.values(as: StringView.self)
    var hasLong = false
    for row in 0..<count {
      let view = views[row]
      let length = Int(view.length)
      if length <= 4 {
        place[row &* width] = UInt64(view.prefix) | UInt64(length) << 56
      } else if length <= 7 {
        // The last four bytes, of which the prefix has all but the lower ones.
        let tail = UnsafeRawPointer(view.start + (length - 4)).loadUnaligned(as: UInt32.self)
        let rest = UInt64(UInt32(bigEndian: tail)) & ((1 << UInt64(8 * (length - 4))) - 1)
        place[row &* width] = UInt64(view.prefix) | rest << 32 | UInt64(length) << 56
      } else {
        place[row &* width] = ValueHash.text(view) | longText
        hasLong = true
      }
    }
    return hasLong
  }
}
