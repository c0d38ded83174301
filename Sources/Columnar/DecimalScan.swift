/// A decimal number taken apart: `[sign] digits [. digits] [e [sign] digits]`.
struct DecimalScan {
  /// Whether it began with a minus sign.
  var negative = false
  /// The first nineteen significant digits; all of them unless ``truncated``.
  var digits: UInt64 = 0
  /// The power of ten that ``digits`` is to be multiplied with.
  var exponent = 0
  /// Whether there are more than nineteen significant digits, of which the rest is left out.
  var truncated = false
  /// Digits after the point, whether significant or not.
  var decimals = 0
  /// The exponent as written, held within ±100,000.
  var writtenExponent = 0

  private static let exponentLimit = 100_000

  /// Takes apart `count` bytes without blanks around; `nil` when they are not such a number.
  @inline(__always)
  init?(_ start: UnsafePointer<UInt8>, _ count: Int) {
    var place = start
    let end = start + count
    guard place < end else { return nil }
    if place[0] == UInt8(ascii: "-") {
      negative = true
      place += 1
    } else if place[0] == UInt8(ascii: "+") {
      place += 1
    }
    var significant = 0
    var digitsSeen = 0
    let wholeStart = place
    place = takeDigits(place, end, &significant)
    digitsSeen = place - wholeStart
    if place < end, place[0] == UInt8(ascii: ".") {
      place += 1
      let fractionStart = place
      place = takeDigits(place, end, &significant)
      decimals = place - fractionStart
      digitsSeen += decimals
      exponent -= decimals
    }
    guard digitsSeen > 0 else { return nil }
    if place < end {
      guard place[0] | 0x20 == UInt8(ascii: "e") else { return nil }
      guard takeExponent(place + 1, end) else { return nil }
      exponent += writtenExponent
    }
  }

  /// Takes digits up to the first byte that is none, and returns its place. `significant` counts
  /// those kept so far, from the first that is not zero.
  @inline(__always)
  private mutating func takeDigits(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ significant: inout Int
  ) -> UnsafePointer<UInt8> {
    var place = start
    if significant == 0 {
      while place < end, place[0] == UInt8(ascii: "0") { place += 1 }
    }
    while place < end {
      if significant <= 11, end - place >= 8, let eight = ValueParser.eightDigits(place) {
        digits = digits &* 100_000_000 &+ eight
        significant += 8
        place += 8
        continue
      }
      let digit = ValueParser.digit(place[0])
      if digit > 9 { break }
      if significant < 19 {
        digits = digits &* 10 &+ UInt64(digit)
        significant += 1
      } else {
        exponent += 1
        if digit != 0 { truncated = true }
      }
      place += 1
    }
    return place
  }

  /// Takes a sign and at least one digit up to the end.
  private mutating func takeExponent(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> Bool {
    var place = start
    guard place < end else { return false }
    let isNegative = place[0] == UInt8(ascii: "-")
    if isNegative || place[0] == UInt8(ascii: "+") { place += 1 }
    guard place < end else { return false }
    var value = 0
    while place < end {
      let digit = ValueParser.digit(place[0])
      if digit > 9 { return false }
      value = min(value * 10 + Int(digit), Self.exponentLimit)
      place += 1
    }
    writtenExponent = isNegative ? -value : value
    return true
  }
}
