import Columnar

/// A row with what of its first sort key fits 64 bits, so that most comparisons touch nothing else.
struct SortEntry {
  /// Orders as the key does: of two rows with different prefixes the lower comes first.
  var prefix: UInt64
  /// 0 for NULL that comes first, 1 for a value, 2 for NULL that comes last.
  var rank: UInt8
  var row: Int32

  /// Whether equal prefixes mean equal values of this type.
  static func isExact(_ type: ColumnType) -> Bool { type != .text && type != .numeric }

  /// The entries of the first `count` rows of a column, in their order.
  static func entries(_ column: ColumnVector, count: Int, key: OrderKey) -> [SortEntry] {
    var entries: [SortEntry] = []
    entries.reserveCapacity(count)
    let flip: UInt64 = key.descending ? .max : 0
    for row in 0..<count {
      if column.isNull(row) {
        entries.append(SortEntry(prefix: 0, rank: key.nullsFirst ? 0 : 2, row: Int32(row)))
      } else {
        entries.append(SortEntry(prefix: prefix(column, row) ^ flip, rank: 1, row: Int32(row)))
      }
    }
    return entries
  }

  private static func prefix(_ column: ColumnVector, _ row: Int) -> UInt64 {
    switch column.type {
    case .boolean: UInt64(column.values(as: UInt8.self)[row])
    case .integer, .date: prefix(Int64(column.values(as: Int32.self)[row]))
    case .bigint, .timestamp, .timestamptz: prefix(column.values(as: Int64.self)[row])
    case .double: prefix(column.values(as: Double.self)[row])
    // Rounding to the nearest double keeps the order, though it may make neighbours equal.
    case .numeric: prefix(column.values(as: Numeric.self)[row].double)
    case .text: prefix(column.values(as: StringView.self)[row])
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
