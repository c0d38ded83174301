import Columnar

/// Finds records and fields of delimited text (RFC 4180, any delimiter, quote or none).
///
/// Only delimiters outside quotes are noted, one less than there are fields, so that the fields of
/// every record follow from its start, its end and its row of the table. Two ways lead there: whole
/// blocks of 64 bytes where there is no quote (``scanBlocks(limit:)``), and record by record where
/// there is one or where something is wrong (``scanRecord()``). The second is the reference; the
/// first hands over to it whenever it meets what it does not understand.
package final class DelimitedIndex: RecordIndex {
  /// The most rows a batch has, if they are narrow.
  static let largestBatch = 2048
  /// A batch ends with the first record behind this many bytes, to stay in the second-level cache.
  static let batchBytes = 256 << 10

  package let capacity: Int
  package private(set) var skipped = 0
  package var batch: Range<Int> { batchStart..<cursor }

  let delimiter: UInt8
  let quote: UInt8?
  let maxRecord: Int
  let fields: Int
  var table: RowTable
  var bytes: UnsafePointer<UInt8>
  var end = 0
  /// Where the next record starts.
  var cursor = 0
  var batchStart = 0
  /// The last block of a partition, padded, so that no read goes beyond the partition.
  let lastBlock: UnsafeMutablePointer<UInt8>

  private let policy: BadRecordPolicy
  private let hasHeader: Bool
  private let needed: [Int]
  /// Whether any record of the batch came from ``scanRecord()``: only these can hold quotes.
  private var mayHoldQuotes = false
  /// Records to read one by one before blocks are tried again; doubles while blocks keep failing.
  private var patience = 1

  init(format: InputFormat, options: CSVOptions, schema: InputSchema, needed: [Int]) {
    precondition(!schema.columns.isEmpty, "delimited text has at least one column")
    delimiter = options.delimiter
    quote = options.quote
    maxRecord = format.maxRecord
    policy = format.onBadRecord
    hasHeader = options.header
    fields = schema.columns.count
    self.needed = needed
    capacity = max(64, min(Self.largestBatch, (1 << 17) / fields))
    table = RowTable(capacity: capacity, marksPerRow: fields - 1)
    lastBlock = .allocate(capacity: 64)
    lastBlock.initialize(repeating: 0, count: 64)
    bytes = UnsafePointer(lastBlock)
  }

  deinit { lastBlock.deallocate() }

  package func begin(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? UnsafePointer(lastBlock)
    end = bytes.count
    cursor = 0
    batchStart = 0
    skipped = 0
    patience = 1
    table.count = 0
  }

  package func scan(limit: Int) throws(ScanError) -> Int {
    let limit = min(max(limit, 1), capacity)
    table.count = 0
    batchStart = cursor
    mayHoldQuotes = false
    while hasRoom(limit) {
      let rows = table.count
      if scanBlocks(limit: limit) { break }
      patience = table.count > rows ? 1 : min(patience * 2, 256)
      var left = patience
      while left > 0, hasRoom(limit) {
        try scanRecord()
        left -= 1
      }
    }
    return table.count
  }

  /// Whether the batch may take in another record and there is one.
  private func hasRoom(_ limit: Int) -> Bool {
    guard table.count < limit, cursor < end else { return false }
    return table.count == 0 || cursor - batchStart < Self.batchBytes
  }

  package func recordOffset(row: Int) -> Int { batchStart + Int(table.starts[row]) }

  package func keep(_ marks: UnsafePointer<UInt8>, count: Int) -> Int {
    precondition(count == table.count)
    table.keep(marks)
    skipped += count - table.count
    return table.count
  }

  package func locate(
    slot: Int, rows: UnsafeBufferPointer<Int32>?, count: Int, into spans: inout FieldSpans
  ) {
    let field = needed[slot]
    let perRow = fields - 1
    spans.base = bytes + batchStart
    spans.readable = end - batchStart
    spans.count = count
    let marks = table.marks
    if let rows {
      for (index, row) in rows.enumerated() {
        let marks = marks + Int(row) &* perRow
        spans.starts[index] = field == 0 ? table.starts[Int(row)] : marks[field &- 1] &+ 1
        spans.ends[index] = field == perRow ? table.ends[Int(row)] : marks[field]
      }
    } else {
      if field == 0 {
        spans.starts.update(from: table.starts, count: count)
      } else {
        Self.pick(marks + (field - 1), every: perRow, adding: 1, count, to: spans.starts)
      }
      if field == perRow {
        spans.ends.update(from: table.ends, count: count)
      } else {
        Self.pick(marks + field, every: perRow, adding: 0, count, to: spans.ends)
      }
    }
    spans.hasFlags = mayHoldQuotes
    if mayHoldQuotes { unquote(&spans) }
  }

  /// Writes every `step`th of some marks, moved by `offset`. A loop for marks that lie side by side
  /// takes many at a time.
  @inline(__always)
  private static func pick(
    _ marks: UnsafePointer<UInt32>, every step: Int, adding offset: UInt32, _ count: Int,
    to target: UnsafeMutablePointer<UInt32>
  ) {
    if step == 1 {
      for index in 0..<count { target[index] = marks[index] &+ offset }
    } else {
      for index in 0..<count { target[index] = marks[index &* step] &+ offset }
    }
  }

  /// Takes the quotes off fields that stand in some.
  private func unquote(_ spans: inout FieldSpans) {
    guard let quote else {
      spans.hasFlags = false
      return
    }
    for index in 0..<spans.count {
      let (start, end) = (spans.starts[index], spans.ends[index])
      guard start < end, spans.base[Int(start)] == quote else {
        spans.flags[index] = 0
        continue
      }
      // The record was checked: the field ends with the quote that closes it.
      let inner = Int(start) + 1
      let close = Int(end) - 1
      let doubled = WordSearch.first(quote, in: spans.base, from: inner, to: close) < close
      spans.starts[index] = UInt32(truncatingIfNeeded: inner)
      spans.ends[index] = UInt32(truncatingIfNeeded: close)
      spans.flags[index] = doubled ? FieldSpans.quoted | FieldSpans.escaped : FieldSpans.quoted
    }
  }

  /// Reads the record at ``cursor`` byte by byte and adds it to the table, or counts it as bad.
  private func scanRecord() throws(ScanError) {
    if table.count == 0 { batchStart = cursor }
    let start = cursor
    let found = parseRecord(at: start)
    cursor = found.next
    if found.end == start, fields > 1 { return }
    let problem = found.problem ?? checkShape(found, start: start)
    if let problem {
      guard policy == .skip else {
        throw ScanError(problem.message, recordOffset: start, field: problem.field)
      }
      skipped += 1
      return
    }
    mayHoldQuotes = true
    table.starts[table.count] = UInt32(truncatingIfNeeded: start - batchStart)
    table.ends[table.count] = UInt32(truncatingIfNeeded: found.end - batchStart)
    table.count += 1
  }

  private func checkShape(_ record: ParsedRecord, start: Int) -> RecordProblem? {
    if record.end - start > maxRecord { return .tooLong(maxRecord) }
    guard record.fields != fields else { return nil }
    return .ragged(found: record.fields, expected: fields, hasHeader: hasHeader)
  }
}
