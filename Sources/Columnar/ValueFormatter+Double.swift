extension ValueFormatter {
  /// The shortest digits that give the same double again: plain from 0.0001 up to 10^15, with an
  /// exponent of at least two digits beyond; `NaN`, `Infinity`, `-Infinity`, `-0`.
  package static func write(_ value: Double, to place: UnsafeMutablePointer<UInt8>) -> Int {
    guard value.isFinite else { return writeSpecial(value, to: place) }
    var place = place
    var sign = 0
    if value.sign == .minus {
      place[0] = UInt8(ascii: "-")
      place += 1
      sign = 1
    }
    let magnitude = value.magnitude
    if magnitude < 1e15 {
      let whole = magnitude.rounded(.towardZero)
      if whole == magnitude { return sign + writeDigits(UInt64(whole), to: place) }
      // Decimals of at most 15 digits in all are told apart by doubles, so one that reads as this
      // very value is the shortest. Digits below 2^53 and 10^6 are doubles: the quotient is rounded
      // once, which is how it would be read.
      let shifted = (magnitude * 1e6).rounded()
      if shifted < 1e15, shifted / 1e6 == magnitude {
        return sign + writeShaped(UInt64(shifted), -6, to: place)
      }
    }
    let (digits, exponent) = shortest(magnitude)
    return sign + writeShaped(digits, exponent, to: place)
  }

  /// The shortest digits that read as `value`, which is positive and finite, and their power of
  /// ten.
  private static func shortest(_ value: Double) -> (digits: UInt64, exponent: Int) {
    var text = value.description
    return text.withUTF8 { bytes in
      guard let start = bytes.baseAddress, let scan = DecimalScan(start, bytes.count) else {
        preconditionFailure("'\(value)' is not a decimal number")
      }
      return withinBounds(scan.digits, scan.exponent, value)
    }
  }

  /// Replaces digits that lie half-way between two doubles by the shortest that do not.
  ///
  /// Half-way digits read as the even one of both and so may be Swift's shortest; PostgreSQL gives
  /// none that lean on that rule (`acceptBounds` in its `d2s.c`, after Adams, "Ryū", 2018).
  /// Half-way points have 17 digits or less only above 2^53, where doubles are integers; above
  /// 2^126 it takes a multiple of 5^21, which is left as it is.
  private static func withinBounds(
    _ digits: UInt64, _ exponent: Int, _ value: Double
  ) -> (digits: UInt64, exponent: Int) {
    guard value >= 0x1p53, value < 0x1p126, exponent > 0 else { return (digits, exponent) }
    let exact = UInt128(value)
    let toLarger = UInt128(value.ulp)
    let toSmaller = UInt128(value - value.nextDown)
    var power = exponent
    var shortened = UInt128(digits)
    while power > 0 {
      let candidate = shortened * PowersOfTen.wide[power]
      let isInside =
        candidate >= exact
        ? (candidate - exact) * 2 < toLarger : (exact - candidate) * 2 < toSmaller
      if isInside { break }
      power -= 1
      let unit = PowersOfTen.wide[power]
      let (whole, rest) = exact.quotientAndRemainder(dividingBy: unit)
      let roundsUp = rest * 2 > unit || (rest * 2 == unit && whole & 1 == 1)
      shortened = roundsUp ? whole + 1 : whole
    }
    // Seventeen digits always lie within bounds, so it ends with at most so many.
    return (UInt64(truncatingIfNeeded: shortened), power)
  }

  /// Writes `number × 10^power` in the shape that PostgreSQL gives to doubles; `number` is not
  /// zero.
  private static func writeShaped(
    _ number: UInt64, _ power: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var digits = number
    var exponent = power
    while digits % 10 == 0 {
      digits /= 10
      exponent += 1
    }
    let count = PowersOfTen.digitCount(digits)
    let leading = exponent + count - 1
    if leading < -4 || leading >= 15 {
      return writeScientific(digits, count, leading, to: place)
    }
    if exponent >= 0 {
      writeDigits(digits, exactly: count, to: place)
      (place + count).update(repeating: 0x30, count: exponent)
      return count + exponent
    }
    if leading < 0 {
      // 0.00ddd
      let zeros = 1 - leading
      place.update(repeating: 0x30, count: zeros + 1)
      place[1] = UInt8(ascii: ".")
      writeDigits(digits, exactly: count, to: place + zeros)
      return zeros + count
    }
    writeDigits(digits, exactly: count, to: place)
    let point = leading + 1
    (place + point + 1).update(from: place + point, count: count - point)
    place[point] = UInt8(ascii: ".")
    return count + 1
  }

  private static func writeScientific(
    _ digits: UInt64, _ count: Int, _ exponent: Int, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var length = count
    if count > 1 {
      writeDigits(digits, exactly: count, to: place + 1)
      place[0] = place[1]
      place[1] = UInt8(ascii: ".")
      length += 1
    } else {
      writeDigits(digits, exactly: 1, to: place)
    }
    place[length] = UInt8(ascii: "e")
    place[length + 1] = exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
    let magnitude = UInt64(exponent.magnitude)
    let width = magnitude < 100 ? 2 : 3
    writeDigits(magnitude, exactly: width, to: place + length + 2)
    return length + 2 + width
  }

  private static func writeSpecial(
    _ value: Double, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let word: StaticString = value.isNaN ? "NaN" : (value < 0 ? "-Infinity" : "Infinity")
    place.update(from: word.utf8Start, count: word.utf8CodeUnitCount)
    return word.utf8CodeUnitCount
  }
}
