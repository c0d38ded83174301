extension DelimitedIndex {
  /// Reads the record at `start`, noting its delimiters in the table's next row.
  ///
  /// A quote that does not open a field is an ordinary byte, exactly as where partitions are cut.
  func parseRecord(at start: Int) -> ParsedRecord {
    let marks = table.marks + table.count * table.marksPerRow
    var record = ParsedRecord(end: end, next: end, fields: 1, problem: nil)
    var position = start
    while true {
      if let quote, position < end, bytes[position] == quote {
        position = skipQuoted(from: position, quote: quote, record: &record)
      }
      position = WordSearch.first(
        delimiter, or: ASCII.newline, in: bytes, from: position, to: end)
      guard position < end, bytes[position] == delimiter else { break }
      if record.fields < fields {
        marks[record.fields - 1] = UInt32(truncatingIfNeeded: position - batchStart)
      }
      record.fields += 1
      position += 1
    }
    record.end = position
    if position < end {
      record.next = position + 1
      if position > start, bytes[position - 1] == ASCII.carriageReturn { record.end -= 1 }
    }
    return record
  }

  /// Goes over the quoted part of the field at `open` and answers the position behind it.
  private func skipQuoted(from open: Int, quote: UInt8, record: inout ParsedRecord) -> Int {
    var position = open + 1
    while true {
      position = WordSearch.first(quote, in: bytes, from: position, to: end)
      guard position < end else {
        record.problem = record.problem ?? .unclosedQuote(field: record.fields)
        return end
      }
      position += 1
      if position == end || bytes[position] != quote { break }
      position += 1
    }
    if !endsField(position), record.problem == nil {
      record.problem = .textAfterQuote(field: record.fields)
    }
    return position
  }

  private func endsField(_ position: Int) -> Bool {
    guard position < end else { return true }
    let byte = bytes[position]
    if byte == ASCII.carriageReturn {
      return position + 1 < end && bytes[position + 1] == ASCII.newline
    }
    return byte == delimiter || byte == ASCII.newline
  }
}
