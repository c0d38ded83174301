import Operators

/// Record ends of formats whose quoted fields may hold newlines.
///
/// Whether a byte lies within quotes depends on every quote before it, so the whole file is read,
/// but only quotes are looked at until the target is reached. A quote opens a field only as the
/// field's first byte: behind a delimiter, behind a newline, or at the start of a record. Anywhere
/// else outside quotes it is an ordinary byte.
final class QuotedBoundary: RecordBoundary {
  private let window: ReadWindow
  private let quote: UInt8
  private let delimiter: UInt8
  private let maxRecord: Int
  /// No quote lies in this range of the file; at its upper bound is one, or the window ends.
  /// Small partitions would search the window's rest for each cut otherwise.
  private var quoteFree: Range<Int64> = 0..<0

  private var inQuotes = false
  /// The last byte looked at was a quote within quotes: it closes, unless another follows.
  private var mayClose = false
  private var previous: UInt8 = ASCII.newline

  /// Boundaries of the file under `reader`, read `window` bytes at a time.
  init(
    _ reader: FileReader, quote: UInt8, delimiter: UInt8, maxRecord: Int, window: Int = 256 << 10
  ) {
    self.window = ReadWindow(reader, capacity: window)
    self.quote = quote
    self.delimiter = delimiter
    self.maxRecord = maxRecord
  }

  func end(from start: Int64, atOrAfter target: Int64) throws(SourceError) -> Int64 {
    let size = window.reader.file.size
    inQuotes = false
    mayClose = false
    previous = ASCII.newline
    var position = start
    var end: Int64?
    while end == nil, position < size, position - target <= Int64(maxRecord) {
      let bytes = try window.bytes(from: position)
      end = scan(bytes, at: position, target: target)
      position += Int64(bytes.count)
    }
    let found = end ?? position
    guard found - target <= Int64(maxRecord) else {
      let locator = RecordLocator(window.reader, quote: quote, delimiter: delimiter)
      throw try locator.tooLong(partition: start, target: target, maxRecord: maxRecord)
    }
    return found
  }

  /// Takes in `bytes`, found at `position`, and answers the end of the first record that ends in
  /// them at or after `target`.
  private func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int64, target: Int64
  ) -> Int64? {
    let count = bytes.count
    let firstNewline = Int(min(Int64(count), max(0, target - 1 - position)))
    var index = 0
    while index < count {
      if inQuotes {
        index = skipQuoted(bytes, from: index)
        continue
      }
      let next = nextQuote(bytes, from: index, at: position)
      let from = max(index, firstNewline)
      if from < next, let newline = bytes.firstIndex(of: ASCII.newline, in: from..<next) {
        return position + Int64(newline) + 1
      }
      guard next < count else { break }
      let before = next > 0 ? bytes[next - 1] : previous
      inQuotes = before == delimiter || before == ASCII.newline
      index = next + 1
    }
    previous = bytes[count - 1]
    return nil
  }

  /// Goes on within quotes from `index`, at most to the end of `bytes`.
  private func skipQuoted(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    if mayClose {
      mayClose = false
      if bytes[index] == quote { return index + 1 }
      inQuotes = false
      return index
    }
    guard let found = bytes.firstIndex(of: quote, in: index..<bytes.count) else {
      return bytes.count
    }
    mayClose = true
    return found + 1
  }

  private func nextQuote(
    _ bytes: UnsafeBufferPointer<UInt8>, from index: Int, at position: Int64
  ) -> Int {
    let absolute = position + Int64(index)
    if quoteFree.contains(absolute) { return Int(quoteFree.upperBound - position) }
    let found = bytes.firstIndex(of: quote, in: index..<bytes.count) ?? bytes.count
    quoteFree = absolute..<(position + Int64(found))
    return found
  }
}
