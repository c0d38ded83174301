/// Finds the values of needed keys in JSON Lines: one object a line, blank lines left out.
package final class JSONLinesIndex: RecordIndex {
  package let capacity: Int
  package private(set) var skipped = 0
  package var batch: Range<Int> { batchStart..<cursor }

  private let maxRecord: Int
  private let policy: BadRecordPolicy
  private let keys: JSONKeys
  private var shape = JSONShape()
  /// Marks of a record: start and end of each slot's value in turn.
  private var table: RowTable
  /// Flags of each record's values, as in ``FieldSpans``; a row for each record. Those of rows that
  /// are not in use are ``FieldSpans/null``.
  private let flags: UnsafeMutablePointer<UInt8>
  private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var cursor = 0
  private var batchStart = 0

  init(format: InputFormat, keys: [String]) {
    maxRecord = format.maxRecord
    policy = format.onBadRecord
    self.keys = JSONKeys(keys)
    capacity = max(64, min(DelimitedIndex.largestBatch, (1 << 16) / max(keys.count, 1)))
    table = RowTable(capacity: capacity, marksPerRow: 2 * keys.count)
    table.marks.initialize(repeating: 0, count: capacity * 2 * keys.count)
    flags = .allocate(capacity: capacity * max(keys.count, 1))
    flags.initialize(repeating: FieldSpans.null, count: capacity * keys.count)
  }

  deinit { flags.deallocate() }

  package func begin(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes.bindMemory(to: UInt8.self)
    cursor = 0
    batchStart = 0
    skipped = 0
    forgetRows()
  }

  package func scan(limit: Int) throws(ScanError) -> Int {
    forgetRows()
    batchStart = cursor
    guard let base = bytes.baseAddress else { return 0 }
    let limit = min(max(limit, 1), capacity)
    while hasRoom(limit) {
      do {
        try scanRecords(base, limit)
      } catch {
        try refuse(error)
      }
    }
    return table.count
  }

  /// Whether the batch may take in another record and there is one.
  private func hasRoom(_ limit: Int) -> Bool {
    guard table.count < limit, cursor < bytes.count else { return false }
    return table.count == 0 || cursor - batchStart < DelimitedIndex.batchBytes
  }

  private func forgetRows() {
    flags.update(repeating: FieldSpans.null, count: table.count * keys.count)
    table.count = 0
  }

  package func locate(
    slot: Int, rows: UnsafeBufferPointer<Int32>?, count: Int, into spans: inout FieldSpans
  ) {
    guard let base = bytes.baseAddress else {
      spans.count = 0
      return
    }
    spans.base = base + batchStart
    spans.readable = bytes.count - batchStart
    spans.count = count
    let list = rows?.baseAddress
    var seen: UInt8 = 0
    for index in 0..<count {
      let row = list == nil ? index : Int(list![index])
      let mark = row &* table.marksPerRow &+ 2 &* slot
      spans.starts[index] = table.marks[mark]
      spans.ends[index] = table.marks[mark &+ 1]
      let flags = flags[row &* keys.count &+ slot]
      spans.flags[index] = flags
      seen |= flags
    }
    spans.hasFlags = seen != 0
  }

  package func keep(_ marks: UnsafePointer<UInt8>, count: Int) -> Int {
    precondition(count == table.count)
    var kept = 0
    for row in 0..<count where marks[row] != 0 {
      (flags + kept * keys.count).update(from: flags + row * keys.count, count: keys.count)
      kept += 1
    }
    (flags + kept * keys.count).update(
      repeating: FieldSpans.null, count: (count - kept) * keys.count)
    table.keep(marks)
    skipped += count - table.count
    return table.count
  }

  package func recordOffset(row: Int) -> Int { batchStart + Int(table.starts[row]) }

  /// Adds records to the table until the batch is full or the data is used up.
  ///
  /// - Throws: what is wrong with the record at ``cursor``.
  private func scanRecords(_ base: UnsafePointer<UInt8>, _ limit: Int) throws(JSONProblem) {
    if table.count == 0 { batchStart = cursor }
    let (end, maxRecord, head) = (bytes.count, maxRecord, shape.head)
    let (marksPerRow, keyCount) = (table.marksPerRow, keys.count)
    // From here on a piece and the block of a value behind it can be read.
    let lastKnown = end &- JSONShape.longest &- 1 &- ShortBlock.room
    var batchStart = batchStart
    var row = table.count
    var start = cursor
    var marks = table.marks + row * marksPerRow
    var flags = flags + row * keyCount
    defer {
      table.count = row
      cursor = start
    }
    while row < limit, start < end, row == 0 || start &- batchStart < DelimitedIndex.batchBytes {
      var position = start
      var piece = head
      var isFirst: UInt64 = 1
      while true {
        if position <= lastKnown,
          let known = JSONShape.piece(at: base + position, after: piece, isFirst: isFirst)
        {
          piece = known
        } else {
          piece = try readPiece(base, at: position, after: piece, isFirst: isFirst == 1)
        }
        position &+= piece.pointee.length
        let slot = piece.pointee.slot
        if slot < JSONPiece.unneeded { break }
        isFirst = 0
        let value = try Self.value(base, at: position, to: end)
        position = value.end
        guard slot >= 0 else { continue }
        marks[2 &* slot] = UInt32(truncatingIfNeeded: value.from &- batchStart)
        marks[2 &* slot &+ 1] = UInt32(truncatingIfNeeded: value.to &- batchStart)
        flags[slot] = value.flags
      }
      if position &- start > maxRecord { try checkLength(of: start..<position) }
      if piece.pointee.slot == JSONPiece.end {
        table.starts[row] = UInt32(truncatingIfNeeded: start &- batchStart)
        table.ends[row] = UInt32(truncatingIfNeeded: position &- batchStart)
        row &+= 1
        marks += marksPerRow
        flags += keyCount
      } else if row == 0 {
        batchStart = position
        self.batchStart = position
      }
      start = position
    }
  }

  /// A value's text and flags, and where it ends.
  private struct Located {
    var from: Int
    var to: Int
    var end: Int
    var flags: UInt8
  }

  @inline(__always)
  private static func value(
    _ base: UnsafePointer<UInt8>, at position: Int, to end: Int
  ) throws(JSONProblem) -> Located {
    if position &+ 1 &+ ShortBlock.room <= end {
      if base[position] == ASCII.quote {
        if let close = JSONScanner.endOfPlainString(base, at: position &+ 1) {
          return Located(from: position &+ 1, to: close, end: close &+ 1, flags: 0)
        }
      } else if let behind = JSONScanner.endOfPlainNumber(base, at: position) {
        return Located(from: position, to: behind, end: behind, flags: 0)
      }
    }
    return try otherValue(base, at: position, to: end)
  }

  @inline(never)
  private static func otherValue(
    _ base: UnsafePointer<UInt8>, at position: Int, to end: Int
  ) throws(JSONProblem) -> Located {
    var scanner = JSONScanner(base, in: position..<end)
    let value = try scanner.value()
    let flags = value.isEscaped ? FieldSpans.escaped : 0
    return Located(
      from: value.range.lowerBound, to: value.range.upperBound, end: scanner.position,
      flags: value.kind == .null ? FieldSpans.null : flags)
  }

  /// Reads what stands before a value, or behind the last, and adds it to ``shape``.
  ///
  /// - Parameter previous: the piece before.
  @inline(never)
  private func readPiece(
    _ base: UnsafePointer<UInt8>, at start: Int, after previous: JSONPiece.Reference,
    isFirst: Bool
  ) throws(JSONProblem) -> JSONPiece.Reference {
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
        return shape.pass(scanner.position - start, slot: slot, after: previous)
      }
    }
    let text = UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(bytes)[start..<scanner.position])
    return shape.add(text, slot: slot, isFirst: isFirst, after: previous)
  }

  /// Leaves out the record at ``cursor``, or fails.
  private func refuse(_ problem: JSONProblem) throws(ScanError) {
    let start = cursor
    (flags + table.count * keys.count).update(repeating: FieldSpans.null, count: keys.count)
    let newline = bytes.firstIndex(of: ASCII.newline, in: problem.offset..<bytes.count)
    let end = newline ?? bytes.count
    guard policy == .skip else {
      let message =
        end - start > maxRecord
        ? RecordProblem.tooLong(maxRecord).message
        : "not a JSON object at byte \(problem.offset - start + 1) of the record: \(problem.reason)"
      throw ScanError(message, recordOffset: start)
    }
    cursor = min(end + 1, bytes.count)
    skipped += 1
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
