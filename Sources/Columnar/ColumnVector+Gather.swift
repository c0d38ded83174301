extension ColumnVector {
  /// Replaces all values by those in `rows` of `other`, in that order; the types are the same.
  ///
  /// Every row is in `0 ..< other.count`; this is not checked in release builds.
  package func gather(from other: ColumnVector, rows: UnsafeBufferPointer<Int32>) {
    precondition(other !== self)
    removeAll()
    append(gathering: other, rows: rows)
  }

  /// Appends the values in `rows` of `other`, in that order; the types are the same.
  ///
  /// Every row is in `0 ..< other.count`; this is not checked in release builds.
  package func append(gathering other: ColumnVector, rows: UnsafeBufferPointer<Int32>) {
    precondition(type == other.type, "cannot gather \(other.type.name) into \(type.name)")
    precondition(other !== self)
    reserve(count + rows.count)
    switch type {
    case .boolean: gatherValues(UInt8.self, other, rows)
    case .integer, .date: gatherValues(Int32.self, other, rows)
    case .bigint, .double, .timestamp, .timestamptz: gatherValues(UInt64.self, other, rows)
    case .numeric: gatherValues(Numeric.self, other, rows)
    case .interval: gatherValues(Interval.self, other, rows)
    case .text: gatherValues(StringView.self, other, rows)
    }
    if other.hasNulls {
      Self.gather(from: other.validity, rows, into: validity + count)
      hasNulls = true
    } else if hasNulls {
      (validity + count).update(repeating: 1, count: rows.count)
    }
    count += rows.count
    adoptOwners(of: other)
  }

  @inline(__always)
  private func gatherValues<Value: BitwiseCopyable>(
    _: Value.Type, _ other: ColumnVector, _ rows: UnsafeBufferPointer<Int32>
  ) {
    Self.gather(
      from: other.values(as: Value.self), rows, into: values(as: Value.self) + count)
  }

  @inline(__always)
  private static func gather<Value: BitwiseCopyable>(
    from source: UnsafeMutablePointer<Value>, _ rows: UnsafeBufferPointer<Int32>,
    into target: UnsafeMutablePointer<Value>
  ) {
    guard let indexes = rows.baseAddress else { return }
    for index in 0..<rows.count {
      target[index] = source[Int(indexes[index])]
    }
  }
}
