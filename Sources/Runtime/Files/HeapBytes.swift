/// Memory that a frame refers to without a copy (``Message/init(adopting:owner:)``); freed with its owner.
///
/// `@unchecked Sendable`: one thread writes it before it is handed over, nobody writes it after.
final class HeapBytes: @unchecked Sendable {
  /// All of it; not zero at first.
  let bytes: UnsafeMutableRawBufferPointer

  /// Memory of so many bytes; those that are never written cost nothing where they fill whole pages.
  init(count: Int) {
    bytes = .allocate(byteCount: max(count, 1), alignment: 64)
  }

  deinit { bytes.deallocate() }
}
