import Operators

/// Record ends of formats in which every newline ends a record: looks around the target only.
final class LineBoundary: RecordBoundary {
  private let window: ReadWindow
  private let maxRecord: Int

  /// Boundaries of the file under `reader`, read `window` bytes at a time.
  init(_ reader: FileReader, maxRecord: Int, window: Int = 64 << 10) {
    self.window = ReadWindow(reader, capacity: window)
    self.maxRecord = maxRecord
  }

  func end(from start: Int64, atOrAfter target: Int64) throws(SourceError) -> Int64 {
    let size = window.reader.file.size
    // The newline directly before the target counts: the target is a boundary then.
    var position = target - 1
    var end: Int64?
    while end == nil, position < size, position - target <= Int64(maxRecord) {
      let bytes = try window.bytes(from: position)
      if let newline = bytes.firstIndex(of: ASCII.newline, in: 0..<bytes.count) {
        end = position + Int64(newline) + 1
      }
      position += Int64(bytes.count)
    }
    let found = end ?? position
    guard found - target <= Int64(maxRecord) else {
      let locator = RecordLocator(window.reader, quote: nil, delimiter: 0)
      throw try locator.tooLong(partition: start, target: target, maxRecord: maxRecord)
    }
    return found
  }
}
