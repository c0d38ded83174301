import Columnar

extension Batch {
  /// Of the rows listed, those that are the first of all that are equal in `columns`.
  func firstRows(_ rows: [Int32], by columns: [Int]) -> [Int32] {
    let table = GroupTable(types: columns.map { self.columns[$0].type })
    let keys = columns.map { index in
      let key = ColumnVector(type: self.columns[index].type, capacity: rows.count)
      rows.withUnsafeBufferPointer { key.gather(from: self.columns[index], rows: $0) }
      return key
    }
    var groups: [UInt32] = []
    table.assign(keys, count: rows.count, to: &groups)
    var known: UInt32 = 0
    var first: [Int32] = []
    for (index, row) in rows.enumerated() where groups[index] == known {
      first.append(row)
      known += 1
    }
    return first
  }
}
