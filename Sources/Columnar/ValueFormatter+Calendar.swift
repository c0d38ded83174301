extension ValueFormatter {
  /// `2013-01-31`; years before 1 as PostgreSQL shows them, with ` BC` at the end.
  package static func write(date days: Int32, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let day = Calendar.day(days)
    let length = write(day, to: place)
    return length + writeEra(day, to: place + length)
  }

  /// `2013-01-31 10:00:00`, with as many decimals of the second as are not zero at the end.
  package static func write(timestamp: Int64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let (day, length) = write(dayAndTime: timestamp, to: place)
    return length + writeEra(day, to: place + length)
  }

  /// As ``write(timestamp:to:)``, followed by the zone that it is shown in, `+00`.
  package static func write(timestamptz: Int64, to place: UnsafeMutablePointer<UInt8>) -> Int {
    let (day, length) = write(dayAndTime: timestamptz, to: place)
    place[length] = UInt8(ascii: "+")
    place[length + 1] = 0x30
    place[length + 2] = 0x30
    return length + 3 + writeEra(day, to: place + length + 3)
  }

  private static func write(
    dayAndTime timestamp: Int64, to place: UnsafeMutablePointer<UInt8>
  ) -> (day: Calendar.Day, length: Int) {
    let (days, microseconds) = Calendar.split(timestamp)
    let day = Calendar.day(days)
    var length = write(day, to: place)
    let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    place[length] = UInt8(ascii: " ")
    writeDigits(UInt64(seconds / 3600), exactly: 2, to: place + length + 1)
    place[length + 3] = UInt8(ascii: ":")
    writeDigits(UInt64(seconds / 60 % 60), exactly: 2, to: place + length + 4)
    place[length + 6] = UInt8(ascii: ":")
    writeDigits(UInt64(seconds % 60), exactly: 2, to: place + length + 7)
    length += 9
    if fraction != 0 {
      place[length] = UInt8(ascii: ".")
      writeDigits(UInt64(fraction), exactly: 6, to: place + length + 1)
      length += 7
      while place[length - 1] == 0x30 { length -= 1 }
    }
    return (day, length)
  }

  private static func write(
    _ day: Calendar.Day, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let year = UInt64(day.year > 0 ? day.year : 1 - day.year)
    let width = max(PowersOfTen.digitCount(year), 4)
    writeDigits(year, exactly: width, to: place)
    place[width] = UInt8(ascii: "-")
    writeDigits(UInt64(day.month), exactly: 2, to: place + width + 1)
    place[width + 3] = UInt8(ascii: "-")
    writeDigits(UInt64(day.day), exactly: 2, to: place + width + 4)
    return width + 6
  }

  private static func writeEra(
    _ day: Calendar.Day, to place: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard day.year <= 0 else { return 0 }
    place[0] = UInt8(ascii: " ")
    place[1] = UInt8(ascii: "B")
    place[2] = UInt8(ascii: "C")
    return 3
  }
}
