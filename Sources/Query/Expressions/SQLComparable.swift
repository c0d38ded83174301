import Columnar

/// A stored value with SQL's equality and order; concrete conformances let kernels be specialised.
protocol SQLComparable: BitwiseCopyable {
  /// Whether the two are equal in SQL.
  static func isEqual(_ left: Self, _ right: Self) -> Bool
  /// Whether `left` sorts before `right`.
  static func isLess(_ left: Self, _ right: Self) -> Bool
}

extension SQLComparable where Self: FixedWidthInteger {
  @inline(__always)
  static func isEqual(_ left: Self, _ right: Self) -> Bool { left == right }

  @inline(__always)
  static func isLess(_ left: Self, _ right: Self) -> Bool { left < right }
}

extension UInt8: SQLComparable {}
extension Int32: SQLComparable {}
extension Int64: SQLComparable {}

/// As in PostgreSQL, NaN equals NaN and is greater than every other number.
extension Double: SQLComparable {
  @inline(__always)
  static func isEqual(_ left: Double, _ right: Double) -> Bool {
    left == right || (left.isNaN && right.isNaN)
  }

  @inline(__always)
  static func isLess(_ left: Double, _ right: Double) -> Bool {
    left < right || (right.isNaN && !left.isNaN)
  }
}

extension Numeric: SQLComparable {
  @inline(__always)
  static func isEqual(_ left: Numeric, _ right: Numeric) -> Bool { left.compare(right) == 0 }

  @inline(__always)
  static func isLess(_ left: Numeric, _ right: Numeric) -> Bool { left.compare(right) < 0 }
}

/// As in PostgreSQL, a month is as long as 30 days and a day as long as 24 hours.
extension Interval: SQLComparable {
  @inline(__always)
  static func isEqual(_ left: Interval, _ right: Interval) -> Bool { left.compare(right) == 0 }

  @inline(__always)
  static func isLess(_ left: Interval, _ right: Interval) -> Bool { left.compare(right) < 0 }
}

/// Text sorts by its bytes, as in PostgreSQL with the collation "C".
extension StringView: SQLComparable {
  /// Up to sixteen bytes are compared without a call and without branching on the length, which is
  /// hard to predict: the first four are the prefix, and three loads that overlap cover the others.
  @inline(__always)
  static func isEqual(_ left: StringView, _ right: StringView) -> Bool {
    guard left.length == right.length, left.prefix == right.prefix else { return false }
    let length = Int(left.length)
    if length <= 4 { return true }
    if length <= 16 {
      let step = (length >> 3) << 2
      let last = length &- 4
      return (word(left, step) ^ word(right, step))
        | (word(left, last) ^ word(right, last))
        | (word(left, last &- step) ^ word(right, last &- step)) == 0
    }
    return left == right
  }

  @inline(__always)
  static func isLess(_ left: StringView, _ right: StringView) -> Bool { left.compare(right) < 0 }

  @inline(__always)
  private static func word(_ text: StringView, _ offset: Int) -> UInt32 {
    UnsafeRawPointer(text.start + offset).loadUnaligned(as: UInt32.self)
  }
}
