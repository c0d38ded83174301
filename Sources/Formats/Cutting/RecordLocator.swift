import Operators

/// Says where a record that is too long begins; only for messages.
struct RecordLocator {
  private let reader: FileReader
  private let quote: UInt8?
  private let delimiter: UInt8

  /// Looks into the file under `reader`.
  init(_ reader: FileReader, quote: UInt8?, delimiter: UInt8) {
    self.reader = reader
    self.quote = quote
    self.delimiter = delimiter
  }

  /// The error for the record that covers `target` and does not end within `maxRecord` bytes of it.
  ///
  /// - Parameter partition: where a record starts, before `target`.
  func tooLong(
    partition: Int64, target: Int64, maxRecord: Int
  ) throws(SourceError) -> SourceError {
    let window = ReadWindow(reader, capacity: 256 << 10)
    var record = partition
    var opened: Int64?
    var mayClose = false
    var previous = ASCII.newline
    var position = partition
    // Behind the target no record ends within the limit, but the quote at fault may open there.
    let limit = quote == nil ? target : min(reader.file.size, target + Int64(maxRecord))
    while position < limit {
      let bytes = try window.bytes(from: position)
      let count = Int(min(Int64(bytes.count), limit - position))
      var marks = RecordMarks(UnsafeBufferPointer(rebasing: bytes[..<count]), quote: quote)
      var index = 0
      while index < count {
        // Only quotes, line ends and what follows a quote change what is known.
        if !mayClose, let next = marks.skip(from: index) {
          previous = bytes[next - 1]
          index = next
          continue
        }
        let byte = bytes[index]
        if mayClose, byte != quote { opened = nil }
        if opened != nil {
          mayClose = byte == quote && !mayClose
        } else if byte == quote, previous == ASCII.newline || previous == delimiter {
          opened = position + Int64(index)
        } else if byte == ASCII.newline {
          record = position + Int64(index) + 1
        }
        if opened == nil { mayClose = false }
        previous = byte
        index += 1
      }
      position += Int64(count)
    }
    let line = try LineCounter(reader).line(at: record)
    var message =
      "the record that starts on line \(line) is longer than \(ByteCount(maxRecord)); "
    if let opened, !mayClose {
      let quoteLine = try LineCounter(reader).line(at: opened)
      message += "close the quote opened on line \(quoteLine), or raise source.max_record"
    } else {
      message += "raise source.max_record"
    }
    return SourceError(path: reader.file.path, offset: record, message: message)
  }
}
