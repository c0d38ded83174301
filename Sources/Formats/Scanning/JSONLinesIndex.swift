/// Finds the values of needed keys in JSON Lines: one object a line, blank lines left out.
package final class JSONLinesIndex: RecordIndex {
  package let capacity: Int
  package private(set) var skipped = 0
  package var batch: Range<Int> { batchStart..<cursor }

  let maxRecord: Int
  private let policy: BadRecordPolicy
  let keys: JSONKeys
  var shape = JSONShape()
  /// Marks of a record: start and end of each slot's value in turn.
  var table: RowTable
  /// Flags of each record's values, as in ``FieldSpans``; a row for each record. Those of rows that
  /// are not in use are ``FieldSpans/null``.
  let flags: UnsafeMutablePointer<UInt8>
  var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// Where the next record starts.
  var cursor = 0
  var batchStart = 0

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
}
