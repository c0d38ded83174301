/// A growing run of bytes that owns its memory. One thread at a time.
package final class ByteBuffer: ByteSink {
  /// Bytes appended so far.
  package private(set) var count = 0
  private var capacity: Int
  private var base: UnsafeMutableRawPointer

  /// An empty buffer with room for `capacity` bytes.
  package init(capacity: Int = 4096) {
    precondition(capacity >= 0)
    self.capacity = max(capacity, 16)
    base = .allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  /// The bytes appended so far; valid until the next change and while the buffer lives.
  package var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Makes room for `extra` bytes and returns the place to write them; follow with
  /// ``advance(by:)``.
  package func reserve(_ extra: Int) -> UnsafeMutableRawPointer {
    precondition(extra >= 0)
    if capacity - count < extra {
      let larger = max(capacity * 2, count + extra)
      let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
      moved.copyMemory(from: base, byteCount: count)
      base.deallocate()
      base = moved
      capacity = larger
    }
    return base + count
  }

  /// Counts `written` bytes, written at the place ``reserve(_:)`` returned, as appended.
  package func advance(by written: Int) {
    precondition(written >= 0 && written <= capacity - count)
    count += written
  }

  /// Appends a copy of `bytes`.
  package func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    reserve(bytes.count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Forgets what was appended and keeps the memory.
  package func removeAll() { count = 0 }
}
