extension ColumnVector {
  /// Whether there is no value in `row`, which is below ``count``.
  @inlinable
  package func isNull(_ row: Int) -> Bool { hasNulls && validity[row] == 0 }

  /// Appends a value of the stored type named at ``ColumnType`` (`Bool` will do for `boolean`).
  ///
  /// A ``StringView``'s owner is for the caller to add to ``owners``.
  @inlinable
  package func append<Value: BitwiseCopyable>(_ value: Value) {
    precondition(MemoryLayout<Value>.stride == type.stride, "wrong value type for \(type.name)")
    if count == capacity { reserve(count + 1) }
    (storage + count &* MemoryLayout<Value>.stride).storeBytes(of: value, as: Value.self)
    count &+= 1
  }

  /// Appends a copy of `text`, which the vector owns.
  package func append(text: String) {
    precondition(type == .text, "wrong value type for \(type.name)")
    append(ownArena().copy(text))
  }

  /// Appends a copy of the bytes that `view` shows, which the vector owns.
  package func append(copying view: StringView) {
    precondition(type == .text, "wrong value type for \(type.name)")
    append(ownArena().copy(view))
  }

  /// Appends a NULL.
  package func appendNull() {
    if count == capacity { reserve(count + 1) }
    count += 1
    setNull(count - 1)
  }

  /// Makes the value in `row`, which is below ``capacity``, NULL.
  @inlinable
  package func setNull(_ row: Int) {
    precondition(row >= 0 && row < capacity)
    clearValues(row, 1)
    validity[row] = 0
    hasNulls = true
  }

  /// Appends all values of `other`, which has the same type, and keeps its owners too.
  package func append(contentsOf other: ColumnVector) {
    append(contentsOf: other, rows: 0..<other.count)
  }

  /// Appends the values of these rows of `other`, which has the same type, and keeps its owners
  /// too.
  package func append(contentsOf other: ColumnVector, rows: Range<Int>) {
    precondition(type == other.type, "cannot append \(other.type.name) to \(type.name)")
    precondition(rows.lowerBound >= 0 && rows.upperBound <= other.count)
    let added = rows.count
    reserve(count + added)
    let stride = type.stride
    (storage + count * stride).copyMemory(
      from: other.storage + rows.lowerBound * stride, byteCount: added * stride)
    if other.hasNulls {
      (validity + count).update(from: other.validity + rows.lowerBound, count: added)
      hasNulls = true
    } else if hasNulls {
      (validity + count).update(repeating: 1, count: added)
    }
    count += added
    adoptOwners(of: other)
  }

  /// A vector of its own with the values of `rows`; text stays where it is, with the same owners.
  package func slice(_ rows: Range<Int>) -> ColumnVector {
    let slice = ColumnVector(type: type, capacity: rows.count)
    slice.append(contentsOf: self, rows: rows)
    return slice
  }

  /// Keeps alive what `other` keeps alive.
  package func adoptOwners(of other: ColumnVector) {
    guard type == .text else { return }
    for owner in other.owners where !owners.contains(where: { $0 === owner }) {
      owners.append(owner)
    }
  }

  /// Puts zeros, or empty views, into `rows` rows from `row`.
  @usableFromInline
  package func clearValues(_ row: Int, _ rows: Int) {
    if type == .text {
      (values(as: StringView.self) + row).update(repeating: .empty, count: rows)
    } else {
      (storage + row * type.stride).initializeMemory(
        as: UInt8.self, repeating: 0, count: rows * type.stride)
    }
  }

  private func ownArena() -> ByteArena {
    if let arena { return arena }
    let made = ByteArena()
    arena = made
    owners.append(made)
    return made
  }
}
