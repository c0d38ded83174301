/// Finds the lines of plain text: every line is a record, also an empty one.
package final class TextIndex: RecordIndex {
  package let capacity = 2048
  package private(set) var skipped = 0
  package var batch: Range<Int> { batchStart..<cursor }

  private let maxRecord: Int
  private let policy: BadRecordPolicy
  private var table: RowTable
  private var bytes = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var cursor = 0
  private var batchStart = 0

  init(format: InputFormat) {
    maxRecord = format.maxRecord
    policy = format.onBadRecord
    table = RowTable(capacity: capacity, marksPerRow: 0)
  }

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
      let start = cursor
      let newline = bytes.firstIndex(of: ASCII.newline, in: start..<bytes.count)
      var end = newline ?? bytes.count
      cursor = newline.map { $0 + 1 } ?? bytes.count
      if newline != nil, end > start, bytes[end - 1] == ASCII.carriageReturn { end -= 1 }
      if end - start > maxRecord {
        guard policy == .skip else {
          throw ScanError(RecordProblem.tooLong(maxRecord).message, recordOffset: start)
        }
        skipped += 1
        continue
      }
      table.starts[table.count] = UInt32(truncatingIfNeeded: start - batchStart)
      table.ends[table.count] = UInt32(truncatingIfNeeded: end - batchStart)
      table.count += 1
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
    spans.hasFlags = false
    let list = rows?.baseAddress
    for index in 0..<count {
      let row = list == nil ? index : Int(list![index])
      spans.starts[index] = table.starts[row]
      spans.ends[index] = table.ends[row]
    }
  }

  package func keep(_ marks: UnsafePointer<UInt8>, count: Int) -> Int {
    precondition(count == table.count)
    table.keep(marks)
    skipped += count - table.count
    return table.count
  }

  package func recordOffset(row: Int) -> Int { batchStart + Int(table.starts[row]) }
}
