extension DelimitedIndex {
  /// Adds records to the table a block of 64 bytes at a time, from ``cursor``.
  ///
  /// Stops before a record that holds a quote, that has another number of fields than the schema
  /// (among them blank lines), that is too long, or that lacks its newline, with ``cursor`` at that
  /// record and the answer `false`. Answers `true` when the batch is full or the data is used up.
  func scanBlocks(limit: Int) -> Bool {
    if table.count == 0 { batchStart = cursor }
    let perRow = fields - 1
    let (delimiter, quote) = (delimiter, quote ?? ASCII.newline)
    let hasQuotes = self.quote != nil
    let (bytes, end, batchStart, maxRecord) = (bytes, end, batchStart, maxRecord)
    let (starts, ends, marks) = (table.starts, table.ends, table.marks)
    var rows = table.count
    var noted = rows * perRow
    var rowStart = cursor
    var position = cursor
    defer {
      table.count = rows
      cursor = rowStart
    }
    while position < end {
      let left = end &- position
      let block = ByteBlock(left >= 64 ? UnsafeRawPointer(bytes + position) : padded(position))
      let valid = left >= 64 ? UInt64.max : (1 &<< UInt64(left)) &- 1
      if hasQuotes, block.mask(of: quote) & valid != 0 { return false }
      let found = block.mask(of: delimiter) & valid
      var lines = block.mask(of: ASCII.newline) & valid
      let offset = UInt32(truncatingIfNeeded: position &- batchStart)
      let total = noted &+ found.nonzeroBitCount
      note(found, offset: offset, at: marks + noted)
      while lines != 0 {
        let bit = lines.trailingZeroBitCount
        lines &= lines &- 1
        let before = (found & ((1 &<< UInt64(bit)) &- 1)).nonzeroBitCount
        let newline = position &+ bit
        guard noted &+ before == (rows &+ 1) &* perRow, newline &- rowStart <= maxRecord
        else { return false }
        starts[rows] = UInt32(truncatingIfNeeded: rowStart &- batchStart)
        let hasReturn = newline > rowStart && bytes[newline &- 1] == ASCII.carriageReturn
        ends[rows] = offset &+ UInt32(truncatingIfNeeded: bit) &- (hasReturn ? 1 : 0)
        rows &+= 1
        rowStart = newline &+ 1
        if rows == limit || rowStart &- batchStart >= Self.batchBytes { return true }
      }
      noted = total
      position = min(position &+ 64, end)
      if noted &- rows &* perRow > perRow || position &- rowStart > maxRecord { return false }
    }
    return rowStart == end
  }

  /// Writes the positions of the set bits, eight at a time: how many there are is hard to predict,
  /// so entries behind the last are written too and overwritten by the next block's.
  @inline(__always)
  private func note(_ bits: UInt64, offset: UInt32, at place: UnsafeMutablePointer<UInt32>) {
    var bits = bits
    var place = place
    while bits != 0 {
      for index in 0..<8 {
        place[index] = offset &+ UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
      place += 8
    }
  }

  /// A copy of the last bytes from `position`, fewer than 64, with room to read 64.
  private func padded(_ position: Int) -> UnsafeRawPointer {
    lastBlock.update(from: bytes + position, count: end - position)
    return UnsafeRawPointer(lastBlock)
  }
}
