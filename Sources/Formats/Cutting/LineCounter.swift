package import Operators

/// Turns byte offsets of a file into line numbers, for messages.
package struct LineCounter {
  private let reader: FileReader

  /// Counts lines of the file at `path`.
  ///
  /// - Throws: ``SourceError`` when the file cannot be opened.
  package init(path: String) throws(SourceError) { self.init(try FileReader(path: path)) }

  init(_ reader: FileReader) { self.reader = reader }

  /// The number, from 1, of the line that holds the byte at `offset`: newlines before it, plus one.
  ///
  /// Reads the file up to `offset`.
  ///
  /// - Throws: ``SourceError`` when the file cannot be read.
  package func line(at offset: Int64) throws(SourceError) -> Int {
    let window = ReadWindow(reader, capacity: 256 << 10)
    let end = min(offset, reader.file.size)
    var line = 1
    var position: Int64 = 0
    while position < end {
      let bytes = try window.bytes(from: position)
      let count = Int(min(Int64(bytes.count), end - position))
      for index in 0..<count where bytes[index] == ASCII.newline { line += 1 }
      position += Int64(count)
    }
    return line
  }
}
