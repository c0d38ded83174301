/// Where each record of a batch lies, and where a fixed number of marks within each lies: for
/// delimited text its delimiters. Offsets count from the batch's first byte and fit 32 bits.
struct RowTable: ~Copyable {
  /// Offset of each record's first byte.
  let starts: UnsafeMutablePointer<UInt32>
  /// Offset behind each record's last byte, without its line ending.
  let ends: UnsafeMutablePointer<UInt32>
  /// ``marksPerRow`` offsets for each record in turn, with ``slack`` more behind the last record.
  let marks: UnsafeMutablePointer<UInt32>
  /// Marks of one record.
  let marksPerRow: Int
  /// Records there is room for.
  let capacity: Int
  /// Records held.
  var count = 0

  /// Marks that may be written behind those of a complete record before they are checked: those of
  /// one block of 64 bytes, and again as many for the unconditional stores of a block's last marks.
  static let slack = 128

  /// Room for `capacity` records.
  init(capacity: Int, marksPerRow: Int) {
    precondition(capacity > 0 && marksPerRow >= 0)
    self.capacity = capacity
    self.marksPerRow = marksPerRow
    starts = .allocate(capacity: capacity)
    ends = .allocate(capacity: capacity)
    marks = .allocate(capacity: (capacity + 1) * marksPerRow + Self.slack)
  }

  deinit {
    starts.deallocate()
    ends.deallocate()
    marks.deallocate()
  }

  /// Keeps only the records marked 1, in order.
  mutating func keep(_ wanted: UnsafePointer<UInt8>) {
    var kept = 0
    for row in 0..<count where wanted[row] != 0 {
      if kept != row {
        starts[kept] = starts[row]
        ends[kept] = ends[row]
        (marks + kept * marksPerRow).update(from: marks + row * marksPerRow, count: marksPerRow)
      }
      kept += 1
    }
    count = kept
  }
}
