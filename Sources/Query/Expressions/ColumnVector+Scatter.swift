import Columnar

extension ColumnVector {
  /// Writes the values of `dense`, one for each of `rows`, to those rows of this vector.
  func scatter(_ dense: ColumnVector, to rows: [Int32]) {
    switch type.stride {
    case 1: scatter(dense, rows, as: UInt8.self)
    case 4: scatter(dense, rows, as: UInt32.self)
    case 8: scatter(dense, rows, as: UInt64.self)
    // An interval has as many bytes.
    case MemoryLayout<StringView>.stride: scatter(dense, rows, as: StringView.self)
    default: scatter(dense, rows, as: Numeric.self)
    }
    adoptOwners(of: dense)
    guard dense.hasNulls || hasNulls else { return }
    for (index, row) in rows.enumerated() { validity[Int(row)] = dense.validity[index] }
    hasNulls = true
  }

  @inline(__always)
  private func scatter<Value: BitwiseCopyable>(
    _ dense: ColumnVector, _ rows: [Int32], as: Value.Type
  ) {
    let source = dense.values(as: Value.self)
    let target = values(as: Value.self)
    for (index, row) in rows.enumerated() { target[Int(row)] = source[index] }
  }
}
