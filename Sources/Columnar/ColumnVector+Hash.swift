extension ColumnVector {
  /// Hashes each value into the ``count`` places from `hashes`.
  ///
  /// What ``equalRows(_:_:_:)`` holds the same has the same hash, on every machine.
  ///
  /// - Parameter combine: mixes each value's hash into the one in place, which is that of the row's
  ///   columns before this one, instead of replacing it.
  package func hash(into hashes: UnsafeMutablePointer<UInt64>, combine: Bool) {
    switch type {
    case .boolean:
      hashAll(UInt8.self, hashes, combine) { ValueHash.bits(UInt64($0)) }
    case .integer, .date:
      hashAll(Int32.self, hashes, combine) { ValueHash.bits(UInt64(UInt32(bitPattern: $0))) }
    case .bigint, .timestamp, .timestamptz:
      hashAll(Int64.self, hashes, combine) { ValueHash.bits(UInt64(bitPattern: $0)) }
    case .double:
      hashAll(Double.self, hashes, combine) { ValueHash.double($0) }
    case .numeric:
      hashAll(Numeric.self, hashes, combine) { ValueHash.numeric($0) }
    case .text:
      hashAll(StringView.self, hashes, combine) { ValueHash.text($0) }
    case .interval:
      hashAll(Interval.self, hashes, combine) { ValueHash.interval($0) }
    }
  }

  // Always inlined into the switch above, so that `one` is inlined too and each type has loops of
  // its own.
  @inline(__always)
  private func hashAll<Value: BitwiseCopyable>(
    _: Value.Type, _ hashes: UnsafeMutablePointer<UInt64>, _ combine: Bool,
    _ one: (Value) -> UInt64
  ) {
    let values = values(as: Value.self)
    let validity = validity
    let count = count
    switch (hasNulls, combine) {
    case (false, false):
      for row in 0..<count { hashes[row] = one(values[row]) }
    case (false, true):
      for row in 0..<count { hashes[row] = ValueHash.combine(hashes[row], one(values[row])) }
    case (true, false):
      for row in 0..<count {
        hashes[row] = validity[row] != 0 ? one(values[row]) : ValueHash.null
      }
    case (true, true):
      for row in 0..<count {
        let value = validity[row] != 0 ? one(values[row]) : ValueHash.null
        hashes[row] = ValueHash.combine(hashes[row], value)
      }
    }
  }
}
