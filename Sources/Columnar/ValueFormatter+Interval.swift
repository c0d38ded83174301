extension ValueFormatter {
  /// `1 year 2 mons -3 days +04:05:06.789`, PostgreSQL's `IntervalStyle` of that name.
  package static func write(_ value: Interval, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let fields = value.fields
    var length = 0
    var isAfterNegative = false
    for (number, unit) in [
      (fields.years, " year" as StaticString), (fields.months, " mon"), (fields.days, " day"),
    ] where number != 0 {
      if length > 0 { append(UInt8(ascii: " "), to: place, &length) }
      if isAfterNegative, number > 0 { append(UInt8(ascii: "+"), to: place, &length) }
      length += write(Int64(number), to: place + length)
      (place + length).update(from: unit.utf8Start, count: unit.utf8CodeUnitCount)
      length += unit.utf8CodeUnitCount
      if number != 1 { append(UInt8(ascii: "s"), to: place, &length) }
      isAfterNegative = number < 0
    }
    guard length == 0 || value.microseconds != 0 else { return length }
    if length > 0 { append(UInt8(ascii: " "), to: place, &length) }
    if value.microseconds < 0 {
      append(UInt8(ascii: "-"), to: place, &length)
    } else if isAfterNegative {
      append(UInt8(ascii: "+"), to: place, &length)
    }
    return length + write(time: value.microseconds.magnitude, to: place + length)
  }

  private static func append(
    _ byte: UInt8, to place: UnsafeMutablePointer<UInt8>, _ length: inout Int
  ) {
    place[length] = byte
    length += 1
  }

  /// Hours of at least two digits, minutes, seconds and the decimals that are there.
  private static func write(time: UInt64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let hours = time / 3_600_000_000
    var length = max(PowersOfTen.digitCount(hours), 2)
    writeDigits(hours, exactly: length, to: place)
    for value in [time / 60_000_000 % 60, time / 1_000_000 % 60] {
      append(UInt8(ascii: ":"), to: place, &length)
      writeDigits(value, exactly: 2, to: place + length)
      length += 2
    }
    let fraction = time % 1_000_000
    guard fraction != 0 else { return length }
    append(UInt8(ascii: "."), to: place, &length)
    writeDigits(fraction, exactly: 6, to: place + length)
    length += 6
    while place[length - 1] == 0x30 { length -= 1 }
    return length
  }
}

extension Interval: CustomStringConvertible {
  /// The span as PostgreSQL shows it.
  package var description: String {
    String(unsafeUninitializedCapacity: ValueFormatter.maximumLength) { text in
      text.baseAddress.map { ValueFormatter.write(self, to: $0) } ?? 0
    }
  }
}
