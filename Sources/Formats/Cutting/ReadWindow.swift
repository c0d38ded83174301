import Operators

/// A bounded buffer over a file: the coordinator reads files of any size through it.
final class ReadWindow {
  /// The file under the window.
  let reader: FileReader
  /// Where in the file the buffer's first byte is.
  private(set) var start: Int64 = 0
  private let capacity: Int
  private let memory: UnsafeMutableRawPointer
  private var count = 0

  /// A window of `capacity` bytes.
  init(_ reader: FileReader, capacity: Int) {
    precondition(capacity > 0)
    self.reader = reader
    self.capacity = capacity
    memory = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { memory.deallocate() }

  /// The buffered bytes from `offset`, at least one; valid until the next call.
  ///
  /// - Parameter offset: less than the file's size.
  func bytes(from offset: Int64) throws(SourceError) -> UnsafeBufferPointer<UInt8> {
    precondition(offset >= 0 && offset < reader.file.size)
    if offset < start || offset >= start + Int64(count) {
      let length = Int(min(Int64(capacity), reader.file.size - offset))
      count = 0
      try reader.readExactly(into: memory, count: length, at: offset)
      start = offset
      count = length
    }
    let skipped = Int(offset - start)
    let bytes = (memory + skipped).assumingMemoryBound(to: UInt8.self)
    return UnsafeBufferPointer(start: bytes, count: count - skipped)
  }
}
