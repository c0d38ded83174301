extension JSONLinesIndex {
  /// Adds records to the table until the batch is full or the data is used up.
  ///
  /// - Throws: what is wrong with the record at ``cursor``.
  func scanRecords(_ base: UnsafePointer<UInt8>, _ limit: Int) throws(JSONProblem) {
    if table.count == 0 { batchStart = cursor }
    let (end, maxRecord) = (bytes.count, maxRecord)
    var row = table.count
    var start = cursor
    var target = Target(
      marks: table.marks + row * table.marksPerRow, flags: flags + row * keys.count,
      batchStart: batchStart)
    defer {
      table.count = row
      cursor = start
    }
    while row < limit, start < end,
      row == 0 || start &- target.batchStart < DelimitedIndex.batchBytes
    {
      let last = try readRecord(base, at: start, into: target)
      if last.end &- start > maxRecord { try checkLength(of: start..<last.end) }
      if last.slot == JSONPiece.end {
        table.starts[row] = UInt32(truncatingIfNeeded: start &- target.batchStart)
        table.ends[row] = UInt32(truncatingIfNeeded: last.end &- target.batchStart)
        row &+= 1
        target.marks += table.marksPerRow
        target.flags += keys.count
      } else if row == 0 {
        target.batchStart = last.end
        batchStart = last.end
      }
      start = last.end
    }
  }

  /// Where the values of a record are noted: in ``table`` and ``flags``.
  private struct Target {
    var marks: UnsafeMutablePointer<UInt32>
    var flags: UnsafeMutablePointer<UInt8>
    var batchStart: Int
  }

  /// Reads the record or blank line at `start` and answers where the next one starts, and the slot of
  /// its last piece.
  @inline(__always)
  private func readRecord(
    _ base: UnsafePointer<UInt8>, at start: Int, into target: Target
  ) throws(JSONProblem) -> (end: Int, slot: Int) {
    // The last place where a piece and the blocks of a value behind it can be read.
    let lastKnown = bytes.count &- JSONShape.longest &- JSONScanner.roomOfPlainValue
    var position = start
    var piece = shape.head
    while true {
      var value: Located?
      if position <= lastKnown, let expected = piece.pointee.expected,
        expected.pointee.stands(at: base + position)
      {
        piece = expected
        position &+= expected.pointee.length
        if expected.pointee.slot < JSONPiece.unneeded { break }
        value = Self.plainValue(base, at: position)
      } else {
        piece = try otherPiece(base, at: position, to: lastKnown, after: piece)
        position &+= piece.pointee.length
        if piece.pointee.slot < JSONPiece.unneeded { break }
      }
      let found: Located
      if let value { found = value } else { found = try otherValue(base, at: position) }
      position = found.end
      let slot = piece.pointee.slot
      guard slot >= 0 else { continue }
      target.marks[2 &* slot] = UInt32(truncatingIfNeeded: found.from &- target.batchStart)
      target.marks[2 &* slot &+ 1] = UInt32(truncatingIfNeeded: found.to &- target.batchStart)
      target.flags[slot] = found.flags
    }
    return (position, piece.pointee.slot)
  }

  /// A value's text and flags, and where it ends.
  private struct Located {
    var from: Int
    var to: Int
    var end: Int
    var flags: UInt8
  }

  /// The value at `position`, behind which ``JSONScanner/roomOfPlainValue`` bytes can be read; `nil`
  /// where ``otherValue(_:at:)`` has to look.
  @inline(__always)
  private static func plainValue(_ base: UnsafePointer<UInt8>, at position: Int) -> Located? {
    if base[position] == ASCII.quote {
      return JSONScanner.endOfPlainString(base, at: position &+ 1).map { close in
        Located(from: position &+ 1, to: close, end: close &+ 1, flags: 0)
      }
    }
    return JSONScanner.endOfPlainNumber(base, at: position).map { end in
      Located(from: position, to: end, end: end, flags: 0)
    }
  }

  /// Any value at `position`.
  @inline(never)
  private func otherValue(
    _ base: UnsafePointer<UInt8>, at position: Int
  ) throws(JSONProblem) -> Located {
    var scanner = JSONScanner(base, in: position..<bytes.count)
    let value = try scanner.value()
    let flags = value.isEscaped ? FieldSpans.escaped : 0
    return Located(
      from: value.range.lowerBound, to: value.range.upperBound, end: scanner.position,
      flags: value.kind == .null ? FieldSpans.null : flags)
  }

  /// A piece that is not the expected one: another of ``shape``, or one that is read and added to it.
  ///
  /// - Parameters:
  ///   - lastKnown: the last place where one of ``shape`` is looked for.
  ///   - previous: the piece before.
  @inline(never)
  private func otherPiece(
    _ base: UnsafePointer<UInt8>, at start: Int, to lastKnown: Int,
    after previous: JSONPiece.Reference
  ) throws(JSONProblem) -> JSONPiece.Reference {
    if start <= lastKnown, let known = shape.find(base + start, after: previous) { return known }
    let isFirst = previous == shape.head
    var scanner = JSONScanner(base, in: start..<bytes.count)
    var slot = JSONPiece.end
    if isFirst, scanner.isAtEnd() {
      slot = JSONPiece.blank
    } else {
      if isFirst { try scanner.openObject() }
      if let key = try scanner.nextKey(first: isFirst) {
        slot = keys.slot(of: key, in: bytes) ?? JSONPiece.unneeded
      }
    }
    if slot < JSONPiece.unneeded {
      try scanner.endRecord()
      if base[scanner.position - 1] != ASCII.newline {
        // The end of the partition, which will not come again.
        return shape.pass(scanner.position - start, slot: slot)
      }
    }
    let text = UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(bytes)[start..<scanner.position])
    return shape.add(text, slot: slot, after: previous)
  }

  /// - Throws: a problem with the record at `range`, which may have a newline as its last byte, where
  ///   it is too long.
  private func checkLength(of range: Range<Int>) throws(JSONProblem) {
    let end = range.upperBound - (bytes[range.upperBound - 1] == ASCII.newline ? 1 : 0)
    guard end - range.lowerBound <= maxRecord else {
      throw JSONProblem(reason: "it is too long", offset: end)
    }
  }
}
