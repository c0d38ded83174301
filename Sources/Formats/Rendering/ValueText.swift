import Columnar

/// The text of values of fixed width.
enum ValueText {
  /// Writes the value in `row`, which is neither NULL nor text, to `place` and answers how many bytes
  /// it has. `place` has room for `ValueFormatter.maximumLength` bytes.
  @inline(__always)
  static func write(
    _ vector: ColumnVector, _ row: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    switch vector.type {
    case .boolean: ValueFormatter.write(vector.values(as: UInt8.self)[row] != 0, to: place)
    case .integer: ValueFormatter.write(vector.values(as: Int32.self)[row], to: place)
    case .bigint: ValueFormatter.write(vector.values(as: Int64.self)[row], to: place)
    case .double: ValueFormatter.write(vector.values(as: Double.self)[row], to: place)
    case .numeric: ValueFormatter.write(vector.values(as: Numeric.self)[row], to: place)
    case .date: ValueFormatter.write(date: vector.values(as: Int32.self)[row], to: place)
    case .timestamp:
      ValueFormatter.write(timestamp: vector.values(as: Int64.self)[row], to: place)
    case .timestamptz:
      ValueFormatter.write(timestamptz: vector.values(as: Int64.self)[row], to: place)
    case .interval: ValueFormatter.write(vector.values(as: Interval.self)[row], to: place)
    case .text: preconditionFailure("text is written by those who know how to quote it")
    }
  }
}
