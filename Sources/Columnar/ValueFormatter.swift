/// Writes values as PostgreSQL's casts to text do.
///
/// Every `write` puts at most ``maximumLength`` bytes of ASCII at a place and returns how many.
/// Bytes of that room beyond those may be overwritten.
package enum ValueFormatter {
  /// Room that every `write` needs at its place.
  package static let maximumLength = 80

  // "00" ... "99"; written once and never freed.
  private nonisolated(unsafe) static let pairs: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 200)
    for value in 0..<100 {
      (table + value * 2).initialize(to: UInt8(0x30 + value / 10))
      (table + value * 2 + 1).initialize(to: UInt8(0x30 + value % 10))
    }
    return UnsafePointer(table)
  }()

  /// `true` or `false`.
  package static func write(_ value: Bool, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let word: StaticString = value ? "true" : "false"
    place.update(from: word.utf8Start, count: word.utf8CodeUnitCount)
    return word.utf8CodeUnitCount
  }

  /// Digits, with a sign when negative.
  package static func write(_ value: Int32, to place: UnsafeMutablePointer<UInt8>) -> Int {
    write(Int64(value), to: place)
  }

  /// Digits, with a sign when negative.
  package static func write(_ value: Int64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    guard value < 0 else { return writeDigits(UInt64(value), to: place) }
    place[0] = UInt8(ascii: "-")
    return 1 + writeDigits(value.magnitude, to: place + 1)
  }

  /// All digits of a number with as many decimals as its scale.
  package static func write(_ value: Numeric, to place: UnsafeMutablePointer<UInt8>) -> Int {
    var place = place
    var sign = 0
    if value.coefficient < 0 {
      place[0] = UInt8(ascii: "-")
      place += 1
      sign = 1
    }
    let scale = Int(value.scale)
    precondition(scale >= 0 && scale <= 38, "a numeric has 0 to 38 decimals")
    let magnitude = value.coefficient.magnitude
    var digits = writeDigits(magnitude, to: place)
    if scale == 0 { return sign + digits }
    if digits <= scale {
      let zeros = scale + 1 - digits
      (place + zeros).update(from: place, count: digits)
      place.update(repeating: 0x30, count: zeros)
      digits = scale + 1
    }
    let point = digits - scale
    (place + point + 1).update(from: place + point, count: scale)
    place[point] = UInt8(ascii: ".")
    return sign + digits + 1
  }

  /// The digits of a number below 10^39.
  private static func writeDigits(_ value: UInt128, to place: UnsafeMutablePointer<UInt8>) -> Int {
    if let narrow = UInt64(exactly: value) { return writeDigits(narrow, to: place) }
    let unit = PowersOfTen.wide[19]
    let (high, low) = value.quotientAndRemainder(dividingBy: unit)
    let leading = writeDigits(high, to: place)
    writeDigits(UInt64(low), exactly: 19, to: place + leading)
    return leading + 19
  }

  /// The digits of `value`, without leading zeros.
  static func writeDigits(_ value: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let count = PowersOfTen.digitCount(value)
    writeDigits(value, exactly: count, to: place)
    return count
  }

  /// The last `count` digits of `value`, with leading zeros.
  @inline(__always)
  static func writeDigits(
    _ value: UInt64, exactly count: Int, to place: UnsafeMutablePointer<UInt8>
  ) {
    let pairs = pairs
    var rest = value
    var end = count
    while end >= 2 {
      let pair = Int(truncatingIfNeeded: rest % 100) &* 2
      rest /= 100
      end &-= 2
      place[end] = pairs[pair]
      place[end &+ 1] = pairs[pair &+ 1]
    }
    if end == 1 { place[0] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10) }
  }
}
