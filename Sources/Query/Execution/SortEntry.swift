import Columnar

/// A row with what of its first sort key fits 64 bits, so that most comparisons touch nothing else.
struct SortEntry {
  /// Orders as the key does: of two rows with different prefixes the lower comes first.
  var prefix: UInt64
  /// 0 for NULL that comes first, 1 for a value, 2 for NULL that comes last.
  var rank: UInt8
  var row: Int32

  /// Whether equal prefixes mean equal values of this type.
  static func isExact(_ type: ColumnType) -> Bool { ![.text, .numeric, .interval].contains(type) }

  /// The entries of the first `count` rows of a column, in their order.
  static func entries(_ column: ColumnVector, count: Int, key: OrderKey) -> [SortEntry] {
    switch column.type {
    case .boolean: entries(column, count, key, UInt8.self) { UInt64($0) }
    case .integer, .date: entries(column, count, key, Int32.self) { prefix(Int64($0)) }
    case .bigint, .timestamp, .timestamptz: entries(column, count, key, Int64.self) { prefix($0) }
    case .double: entries(column, count, key, Double.self) { prefix($0) }
    // Rounding to the nearest double keeps the order, though it may make neighbours equal.
    case .numeric: entries(column, count, key, Numeric.self) { prefix($0.double) }
    case .text: entries(column, count, key, StringView.self) { prefix($0) }
    // A span has up to 73 bits, of which the lowest are left out.
    case .interval:
      entries(column, count, key, Interval.self) {
        prefix(Int64(truncatingIfNeeded: $0.span >> 10))
      }
    }
  }

  /// Whether the row may come before that of `other`: certainly not when this is false.
  func mayPrecede(_ other: SortEntry) -> Bool {
    rank < other.rank || (rank == other.rank && prefix <= other.prefix)
  }

  @inline(__always)
  private static func entries<Value: BitwiseCopyable>(
    _ column: ColumnVector, _ count: Int, _ key: OrderKey, _: Value.Type,
    _ prefix: (Value) -> UInt64
  ) -> [SortEntry] {
    let values = column.values(as: Value.self)
    let flip: UInt64 = key.descending ? .max : 0
    let nullRank: UInt8 = key.nullsFirst ? 0 : 2
    return [SortEntry](unsafeUninitializedCapacity: count) { entries, initialized in
      for row in 0..<count {
        let isNull = column.hasNulls && column.validity[row] == 0
        let entry = SortEntry(
          prefix: isNull ? 0 : prefix(values[row]) ^ flip, rank: isNull ? nullRank : 1,
          row: Int32(truncatingIfNeeded: row))
        entries.initializeElement(at: row, to: entry)
      }
      initialized = count
    }
  }

  private static func prefix(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ 1 << 63 }

  /// NaN, of any sign, after all others; -0 as 0.
  private static func prefix(_ value: Double) -> UInt64 {
    if value.isNaN { return .max }
    let bits = (value == 0 ? 0 : value).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  private static func prefix(_ text: StringView) -> UInt64 {
    var prefix = UInt64(text.prefix) << 32
    var shift: UInt64 = 24
    for index in 4..<max(min(Int(text.length), 8), 4) {
      prefix |= UInt64(text.start[index]) << shift
      shift &-= 8
    }
    return prefix
  }
}
