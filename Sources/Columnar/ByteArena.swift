/// Memory for many small runs of bytes that are let go of all at once: the owner of text that was
/// copied. One thread at a time while it is filled; afterwards the bytes never change or move.
package final class ByteArena {
  private static let firstChunk = 4096
  private static let largestChunk = 1 << 20

  /// Bytes handed out so far.
  package private(set) var byteCount = 0
  private var chunks: [UnsafeMutablePointer<UInt8>] = []
  private var next: UnsafeMutablePointer<UInt8>
  private var left: Int
  private var chunkSize: Int

  /// An arena whose first stretch of memory holds `capacity` bytes.
  package init(capacity: Int = 0) {
    let size = max(capacity, 64)
    chunkSize = min(max(size, Self.firstChunk / 2), Self.largestChunk)
    next = .allocate(capacity: size)
    left = size
    chunks.append(next)
  }

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Room for `count` bytes, uninitialised, not aligned; lives as long as the arena.
  @inline(__always)
  package func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    precondition(count >= 0)
    if count > left { return allocateBeyondChunk(count) }
    let place = next
    next += count
    left -= count
    byteCount += count
    return place
  }

  /// A copy of `count` bytes from `start`.
  package func copy(_ start: UnsafePointer<UInt8>, _ count: Int) -> UnsafePointer<UInt8> {
    let place = allocate(count)
    if count > 0 { place.update(from: start, count: count) }
    return UnsafePointer(place)
  }

  /// A view of a copy of what `view` shows.
  package func copy(_ view: StringView) -> StringView {
    var copied = view
    copied.start = copy(view.start, Int(view.length))
    return copied
  }

  /// A view of a copy of `string`.
  package func copy(_ string: String) -> StringView {
    var string = string
    return string.withUTF8 { bytes in
      guard let start = bytes.baseAddress, bytes.count > 0 else { return .empty }
      return StringView(start: copy(start, bytes.count), length: bytes.count)
    }
  }

  /// Lets go of all bytes, so that no view of them may be used any more, and keeps one stretch of
  /// memory for reuse.
  package func removeAll() {
    for chunk in chunks.dropLast() { chunk.deallocate() }
    left += next - chunks[chunks.count - 1]
    next = chunks[chunks.count - 1]
    chunks = [next]
    byteCount = 0
  }

  @inline(never)
  private func allocateBeyondChunk(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    byteCount += count
    if count > chunkSize / 2, count > Self.firstChunk {
      // A stretch of its own, put before the current one, which still has room.
      let place = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
      chunks.insert(place, at: chunks.count - 1)
      return place
    }
    chunkSize = min(chunkSize * 2, Self.largestChunk)
    let size = max(chunkSize, count)
    let place = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    chunks.append(place)
    next = place + count
    left = size - count
    return place
  }
}
