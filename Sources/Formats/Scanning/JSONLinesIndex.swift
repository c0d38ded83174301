/// Finds the values of needed keys in JSON Lines: one object a line, blank lines left out.
package final class JSONLinesIndex: RecordIndex {
  package let capacity: Int
  package private(set) var skipped = 0
  package var batch: Range<Int> { batchStart..<cursor }

  private let maxRecord: Int
  private let policy: BadRecordPolicy
  private let keys: JSONKeys
  /// Marks of a record: start and end of each slot's value in turn.
  private var table: RowTable
  /// Flags of each record's values, as in ``FieldSpans``; a row for each record.
  private let flags: UnsafeMutablePointer<UInt8>
  private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var cursor = 0
  private var batchStart = 0

  init(format: InputFormat, keys: [String]) {
    maxRecord = format.maxRecord
    policy = format.onBadRecord
    self.keys = JSONKeys(keys)
    capacity = max(64, min(1024, (1 << 16) / max(keys.count, 1)))
    table = RowTable(capacity: capacity, marksPerRow: 2 * keys.count)
    flags = .allocate(capacity: capacity * max(keys.count, 1))
  }

  deinit { flags.deallocate() }

  package func begin(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes.bindMemory(to: UInt8.self)
    cursor = 0
    batchStart = 0
    skipped = 0
    table.count = 0
  }

  package func scan(limit: Int) throws(ScanError) -> Int {
    let limit = min(max(limit, 1), capacity)
    table.count = 0
    batchStart = cursor
    while table.count < limit, cursor < bytes.count,
      table.count == 0 || cursor - batchStart < DelimitedIndex.batchBytes
    {
      if table.count == 0 { batchStart = cursor }
      try scanLine()
    }
    return table.count
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
    spans.hasFlags = true
    let list = rows?.baseAddress
    for index in 0..<count {
      let row = list == nil ? index : Int(list![index])
      let mark = row &* table.marksPerRow &+ 2 &* slot
      spans.starts[index] = table.marks[mark]
      spans.ends[index] = table.marks[mark &+ 1]
      spans.flags[index] = flags[row &* keys.count &+ slot]
    }
  }

  package func keep(_ marks: UnsafePointer<UInt8>, count: Int) -> Int {
    precondition(count == table.count)
    var kept = 0
    for row in 0..<count where marks[row] != 0 {
      (flags + kept * keys.count).update(from: flags + row * keys.count, count: keys.count)
      kept += 1
    }
    table.keep(marks)
    skipped += count - table.count
    return table.count
  }

  package func recordOffset(row: Int) -> Int { batchStart + Int(table.starts[row]) }

  private func scanLine() throws(ScanError) {
    guard let base = bytes.baseAddress else { return }
    let start = cursor
    let newline = bytes.firstIndex(of: ASCII.newline, in: start..<bytes.count)
    let end = newline ?? bytes.count
    cursor = newline.map { $0 + 1 } ?? bytes.count
    guard end - start <= maxRecord else {
      return try refuse(RecordProblem.tooLong(maxRecord).message, record: start)
    }
    var scanner = JSONScanner(base, in: start..<end)
    if scanner.isAtEnd() { return }
    do {
      try scanObject(&scanner)
    } catch {
      return try refuse(
        "not a JSON object at byte \(error.offset - start + 1) of the record: \(error.reason)",
        record: start)
    }
    table.starts[table.count] = UInt32(truncatingIfNeeded: start - batchStart)
    table.ends[table.count] = UInt32(truncatingIfNeeded: end - batchStart)
    table.count += 1
  }

  private func refuse(_ message: String, record: Int) throws(ScanError) {
    guard policy == .skip else { throw ScanError(message, recordOffset: record) }
    skipped += 1
  }

  private func scanObject(_ scanner: inout JSONScanner) throws(JSONProblem) {
    let marks = table.marks + table.count * table.marksPerRow
    let flags = flags + table.count * keys.count
    marks.update(repeating: 0, count: table.marksPerRow)
    flags.update(repeating: FieldSpans.null, count: keys.count)
    try scanner.openObject()
    var first = true
    while let key = try scanner.nextKey(first: first) {
      first = false
      let slot = keys.slot(of: key, in: bytes)
      let value = try scanner.value()
      guard let slot else { continue }
      marks[2 * slot] = UInt32(truncatingIfNeeded: value.range.lowerBound - batchStart)
      marks[2 * slot + 1] = UInt32(truncatingIfNeeded: value.range.upperBound - batchStart)
      flags[slot] = Self.flags(of: value)
    }
    guard scanner.isAtEnd() else {
      throw JSONProblem(
        reason: "something stands behind the object", offset: scanner.position)
    }
  }

  private static func flags(of value: JSONToken) -> UInt8 {
    switch value.kind {
    case .null: FieldSpans.null
    case .string: value.isEscaped ? FieldSpans.quoted | FieldSpans.escaped : FieldSpans.quoted
    case .boolean, .number, .container: 0
    }
  }
}
