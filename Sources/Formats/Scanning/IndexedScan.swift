package import Columnar
package import Operators

/// A scan over an index of where fields lie: decodes on demand, leaves out bad records, explains.
package final class IndexedScan<Index: RecordIndex>: BatchScan {
  package let types: [ColumnType]
  package var skipped: Int { index.skipped }

  private let index: Index
  private let columns: [InputColumn]
  private let problems: ValueProblems
  private let decoder: FieldDecoder
  private let policy: BadRecordPolicy
  private var spans: FieldSpans
  private var owner: AnyObject?
  private var rows = 0
  /// Whether the whole batch is UTF-8, once that was looked at.
  private var isUTF8: Bool?
  /// Where values are tried out to find bad records; only with `on_bad_record: skip`.
  private let trials: [ColumnVector]
  private let good: UnsafeMutablePointer<UInt8>

  init(
    _ index: Index, format: InputFormat, escapes: FieldEscapes, nulls: [String],
    columns: [InputColumn], fields: [Int?]
  ) {
    self.index = index
    self.columns = columns
    types = columns.map(\.type)
    policy = format.onBadRecord
    let words = NullWords(nulls)
    decoder = FieldDecoder(nulls: words, escapes: escapes)
    problems = ValueProblems(columns: columns, fields: fields, nulls: nulls, format: format)
    spans = FieldSpans(capacity: index.capacity)
    trials =
      policy == .skip ? columns.map { ColumnVector(type: $0.type, capacity: index.capacity) } : []
    good = .allocate(capacity: index.capacity)
  }

  deinit { good.deallocate() }

  package func begin(_ content: PartitionInput.Content, owner: AnyObject?) {
    guard case .bytes(let bytes) = content else {
      preconditionFailure("a scan of records was handed a range")
    }
    self.owner = owner
    rows = 0
    index.begin(bytes)
  }

  package func nextRows(limit: Int) throws(ScanError) -> Int {
    repeat {
      rows = try index.scan(limit: limit)
      isUTF8 = nil
      if rows == 0 { return 0 }
      if policy == .skip { dropBadRows() }
    } while rows == 0
    return rows
  }

  package func decode(slot: Int, into vector: ColumnVector) throws(ScanError) {
    index.locate(slot: slot, rows: nil, count: rows, into: &spans)
    let failed = decodeLocated(slot, into: vector)
    if failed < rows { throw error(slot: slot, index: failed, row: failed) }
  }

  package func decode(
    slot: Int, rows: UnsafeBufferPointer<Int32>, into vector: ColumnVector
  ) throws(ScanError) {
    precondition(rows.count <= index.capacity, "more rows than a batch has")
    index.locate(slot: slot, rows: rows, count: rows.count, into: &spans)
    let failed = decodeLocated(slot, into: vector)
    if failed < rows.count { throw error(slot: slot, index: failed, row: Int(rows[failed])) }
  }

  package func recordOffset(row: Int) -> Int { index.recordOffset(row: row) }

  /// Decodes what was located last and answers the first field that failed, or their number.
  private func decodeLocated(_ slot: Int, into vector: ColumnVector) -> Int {
    prepare(vector, slot: slot)
    var arena: ByteArena?
    let failed = decoder.decode(
      spans, from: 0, into: vector, isUTF8: batchIsUTF8(for: vector), arena: &arena)
    if let arena { vector.owners.append(arena) }
    return failed
  }

  private func prepare(_ vector: ColumnVector, slot: Int) {
    precondition(vector.type == columns[slot].type, "a vector of another type than its column")
    vector.removeAll()
    vector.reserve(spans.count)
    vector.count = spans.count
    if vector.type == .text, let owner { vector.owners.append(owner) }
  }

  /// Looks at the batch as a whole, once: nearly always this settles it for every field.
  private func batchIsUTF8(for vector: ColumnVector) -> Bool {
    guard vector.type == .text else { return true }
    if let isUTF8 { return isUTF8 }
    let length = index.batch.count
    let found = UTF8Check.firstInvalid(spans.base, length) == length
    isUTF8 = found
    return found
  }

  /// Tries out every needed value, since a record is left out whole, and before any filter sees it.
  private func dropBadRows() {
    good.update(repeating: 1, count: rows)
    var found = false
    for (slot, vector) in trials.enumerated() {
      index.locate(slot: slot, rows: nil, count: rows, into: &spans)
      prepare(vector, slot: slot)
      var arena: ByteArena?
      let isUTF8 = batchIsUTF8(for: vector)
      var next = 0
      while next < rows {
        let failed = decoder.decode(
          spans, from: next, into: vector, isUTF8: isUTF8, arena: &arena)
        if failed < rows {
          good[failed] = 0
          found = true
        }
        next = failed + 1
      }
      vector.removeAll()
    }
    if found { rows = index.keep(good, count: rows) }
  }

  private func error(slot: Int, index field: Int, row: Int) -> ScanError {
    let start = spans.base + Int(spans.starts[field])
    let text = UnsafeBufferPointer(
      start: start, count: Int(spans.ends[field] &- spans.starts[field]))
    let offset = index.recordOffset(row: row)
    return problems.error(slot: slot, text: text, recordOffset: offset)
  }
}
