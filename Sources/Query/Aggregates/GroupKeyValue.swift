import Columnar

/// A value that rows are grouped by.
protocol GroupKeyValue: SQLComparable {
  /// Reads something of all that a comparison with the value at `place` reads.
  static func read(_ place: UnsafePointer<Self>) -> UInt64
}

extension GroupKeyValue {
  @inline(__always)
  static func read(_ place: UnsafePointer<Self>) -> UInt64 {
    UInt64(UnsafeRawPointer(place).load(as: UInt8.self))
  }
}

extension UInt8: GroupKeyValue {}
extension Int32: GroupKeyValue {}
extension Int64: GroupKeyValue {}
extension Double: GroupKeyValue {}
extension Numeric: GroupKeyValue {}
extension Interval: GroupKeyValue {}

extension StringView: GroupKeyValue {
  @inline(__always)
  static func read(_ place: UnsafePointer<StringView>) -> UInt64 {
    // Without bytes there is nothing that may be read.
    place.pointee.length == 0 ? 0 : UInt64(place.pointee.start.pointee)
  }
}
