/// A run of values of one type with a NULL mark each; the unit every kernel works on.
///
/// Storage is plain memory of ``capacity`` values, reused from batch to batch. One thread at a
/// time.
package final class ColumnVector {
  /// The type of every value.
  package let type: ColumnType
  // Exclusive access to the parts that kernels touch for every row is not checked at run time: each
  // is a plain number or pointer, loaded or stored at once and never held `inout` across a call.

  /// Values there is room for.
  @exclusivity(unchecked)
  package private(set) var capacity: Int
  /// Values held.
  @exclusivity(unchecked)
  package var count: Int
  /// The values; those that are NULL hold something valid but meaningless (zero or an empty view).
  @exclusivity(unchecked)
  package private(set) var storage: UnsafeMutableRawPointer
  /// One byte for each value: 1 where there is a value, 0 where it is NULL.
  @exclusivity(unchecked)
  package private(set) var validity: UnsafeMutablePointer<UInt8>
  /// Whether any value may be NULL; when false, every byte of ``validity`` is 1.
  @exclusivity(unchecked)
  package var hasNulls: Bool
  /// What keeps the bytes of ``StringView`` values alive.
  package var owners: [AnyObject] = []
  /// The owner of text that was appended as strings.
  var arena: ByteArena?

  /// An empty vector with room for `capacity` values, none NULL.
  package init(type: ColumnType, capacity: Int) {
    precondition(capacity >= 0)
    self.type = type
    self.capacity = max(capacity, 1)
    self.count = 0
    self.hasNulls = false
    storage = .allocate(byteCount: self.capacity * type.stride, alignment: 64)
    memoryZero(storage, self.capacity * type.stride)
    validity = .allocate(capacity: self.capacity)
    validity.initialize(repeating: 1, count: self.capacity)
  }

  deinit {
    storage.deallocate()
    validity.deallocate()
  }

  /// The values as the type they are stored as.
  ///
  /// `Value` must be the stored type named at ``ColumnType``.
  @inlinable
  package func values<Value: BitwiseCopyable>(as: Value.Type) -> UnsafeMutablePointer<Value> {
    precondition(MemoryLayout<Value>.stride == type.stride, "wrong value type for \(type.name)")
    return storage.assumingMemoryBound(to: Value.self)
  }

  /// Makes room for at least `capacity` values, keeping those held.
  package func reserve(_ capacity: Int) {
    guard capacity > self.capacity else { return }
    let larger = max(capacity, self.capacity * 2)
    let moved = UnsafeMutableRawPointer.allocate(byteCount: larger * type.stride, alignment: 64)
    memoryZero(moved, larger * type.stride)
    moved.copyMemory(from: storage, byteCount: count * type.stride)
    storage.deallocate()
    storage = moved
    let marks = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    marks.initialize(repeating: 1, count: larger)
    marks.update(from: validity, count: count)
    validity.deallocate()
    validity = marks
    self.capacity = larger
  }

  /// Forgets all values and their owners; nothing is NULL afterwards.
  package func removeAll() {
    if hasNulls { validity.update(repeating: 1, count: capacity) }
    count = 0
    hasNulls = false
    owners.removeAll(keepingCapacity: true)
    arena = nil
  }
}

private func memoryZero(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
  memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
}
