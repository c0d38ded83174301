/// Memory to read into, freed with its last reference.
final class ReadBuffer {
  /// All of it.
  private(set) var bytes: UnsafeMutableRawBufferPointer

  /// Memory of so many bytes.
  init(byteCount: Int) { bytes = .allocate(byteCount: byteCount, alignment: 16) }

  deinit { bytes.deallocate() }

  /// The first `count` bytes.
  func prefix(_ count: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
  }

  /// Grows to `count` bytes or more; what is in it is lost when it grows.
  func reserve(_ count: Int) {
    guard bytes.count < count else { return }
    bytes.deallocate()
    bytes = .allocate(byteCount: count, alignment: 16)
  }
}
