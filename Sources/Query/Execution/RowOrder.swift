import Columnar

/// An order of rows: ORDER BY, and for rows that are equal in it the order they come in.
struct RowOrder {
  /// Most significant first.
  let keys: [OrderKey]

  /// Negative, zero or positive as a row of `left` comes before, with or after one of `right`; looks
  /// at the keys from `first` on.
  func compare(_ left: Batch, _ row: Int, _ right: Batch, _ other: Int, from first: Int = 0) -> Int
  {
    for key in keys[first...] {
      let column = left.columns[key.column]
      let otherColumn = right.columns[key.column]
      let isNull = column.isNull(row)
      let otherIsNull = otherColumn.isNull(other)
      if isNull || otherIsNull {
        if isNull && otherIsNull { continue }
        return isNull == key.nullsFirst ? -1 : 1
      }
      let order = column.compare(row, otherColumn, other)
      if order != 0 { return key.descending ? -order : order }
    }
    return 0
  }

  /// The rows of `batch` in order.
  func sortedRows(_ batch: Batch) -> [Int32] {
    guard let key = keys.first else { return Array(0..<Int32(batch.count)) }
    let column = batch.columns[key.column]
    let next = SortEntry.isExact(column.type) ? 1 : 0
    var entries = SortEntry.entries(column, count: batch.count, key: key)
    entries.sort { left, right in
      if left.rank != right.rank { return left.rank < right.rank }
      if left.prefix != right.prefix { return left.prefix < right.prefix }
      let order = compare(batch, Int(left.row), batch, Int(right.row), from: next)
      return order == 0 ? left.row < right.row : order < 0
    }
    return entries.map(\.row)
  }

  /// The rows of `left` and then those of `right`, numbered on, in order; both are in order already.
  func mergedRows(_ left: Batch, _ right: Batch, limit: Int?) -> [Int32] {
    let total = min(left.count + right.count, limit ?? .max)
    var rows: [Int32] = []
    rows.reserveCapacity(total)
    var row = 0
    var other = 0
    while rows.count < total {
      let takesLeft =
        other == right.count
        || (row < left.count && compare(left, row, right, other) <= 0)
      if takesLeft {
        rows.append(Int32(row))
        row += 1
      } else {
        rows.append(Int32(left.count + other))
        other += 1
      }
    }
    return rows
  }
}
