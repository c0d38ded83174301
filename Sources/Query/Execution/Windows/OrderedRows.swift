import Columnar

/// Rows in a window's order: partition after partition, each sorted.
///
/// A *place* is a position in this order.
struct OrderedRows {
  /// The row at each place.
  let rows: [Int32]
  /// Where partitions begin, and the number of rows at the end.
  let partitions: [Int]
  /// Where runs of rows begin that are equal in the order, and the number of rows at the end.
  let peers: [Int]
  /// The index into ``partitions`` of each place.
  let partition: [Int32]
  /// The index into ``peers`` of each place.
  let peer: [Int32]

  /// Sorts the rows of `keys`, whose first `divisors` columns tell partitions apart.
  init(_ keys: Batch, divisors: Int, order: [OrderKey]) {
    let by = RowOrder(
      keys: (0..<divisors).map { OrderKey(column: $0, descending: false, nullsFirst: false) }
        + order)
    let dividing = RowOrder(keys: Array(by.keys[..<divisors]))
    rows = by.sortedRows(keys)
    var partitions: [Int] = []
    var peers: [Int] = []
    var partition: [Int32] = []
    var peer: [Int32] = []
    partition.reserveCapacity(rows.count)
    peer.reserveCapacity(rows.count)
    for place in rows.indices {
      let isFirst = place == 0
      let (row, before) = (Int(rows[place]), Int(rows[max(place - 1, 0)]))
      let begins = isFirst || dividing.compare(keys, before, keys, row) != 0
      if begins { partitions.append(place) }
      if begins || by.compare(keys, before, keys, row, from: divisors) != 0 { peers.append(place) }
      partition.append(Int32(partitions.count - 1))
      peer.append(Int32(peers.count - 1))
    }
    self.partitions = partitions + [rows.count]
    self.peers = peers + [rows.count]
    self.partition = partition
    self.peer = peer
  }

  /// The places of the partition that a place belongs to.
  func partitionRange(_ place: Int) -> Range<Int> {
    let index = Int(partition[place])
    return partitions[index]..<partitions[index + 1]
  }

  /// The places that are equal to a place in the order.
  func peerRange(_ place: Int) -> Range<Int> {
    let index = Int(peer[place])
    return peers[index]..<peers[index + 1]
  }

  /// Values that stand in this order, in the order of the rows.
  func inOrderOfInput(_ values: ColumnVector) -> ColumnVector {
    var places = [Int32](repeating: 0, count: rows.count)
    for (place, row) in rows.enumerated() { places[Int(row)] = Int32(place) }
    let result = ColumnVector(type: values.type, capacity: rows.count)
    places.withUnsafeBufferPointer { result.gather(from: values, rows: $0) }
    return result
  }
}
