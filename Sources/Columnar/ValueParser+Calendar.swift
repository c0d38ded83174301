extension ValueParser {
  /// `yyyy-mm-dd` as days since 1970-01-01; the year has four digits or more, month and day may have
  /// one. `BC` or `AD` may stand at the end, as it may of times.
  package static func date(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int32? {
    var cursor = Cursor(trimmed(text, length))
    guard let days = cursor.date(), cursor.isAtEnd else { return nil }
    return days
  }

  /// As ``date(_:_:)``, also of a time with or without zone, whose time of day is left out, as
  /// PostgreSQL's cast to date does.
  package static func dayOfTime(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int32? {
    if let days = date(text, length) { return days }
    var cursor = Cursor(trimmed(text, length))
    guard let days = cursor.date() else { return nil }
    var whole = Cursor(trimmed(text, length))
    guard whole.dateAndTime() != nil, whole.zone() != nil else { return nil }
    return days
  }

  /// `yyyy-mm-dd[ hh:mm[:ss[.ffffff]]]` as microseconds since 1970-01-01 00:00:00, with `T` or a
  /// blank between; more decimals are rounded. A zone may follow and is ignored, as PostgreSQL
  /// does.
  package static func timestamp(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    var cursor = Cursor(trimmed(text, length))
    guard let local = cursor.dateAndTime(), cursor.zone() != nil else { return nil }
    return local
  }

  /// As ``timestamp(_:_:)``, in UTC or the zone that follows: `Z`, `±hh`, `±hhmm` or `±hh:mm[:ss]`.
  package static func timestamptz(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int64? {
    var cursor = Cursor(trimmed(text, length))
    guard let local = cursor.dateAndTime(), let zone = cursor.zone() else { return nil }
    let (instant, overflow) = local.subtractingReportingOverflow(zone)
    return overflow ? nil : instant
  }

  /// A place in a text and the pieces of dates and times that can be taken from there.
  private struct Cursor {
    var place: UnsafePointer<UInt8>
    /// Before the era, where one is given.
    let end: UnsafePointer<UInt8>
    /// Whether the year is one before Christ.
    let isBC: Bool

    init(_ text: (start: UnsafePointer<UInt8>, count: Int)) {
      place = text.start
      let era = Self.era(text.start, text.count)
      end = text.start + (text.count - era.length)
      isBC = era.isBC
    }

    /// How many bytes at the end are `BC` or `AD` with the blanks before.
    @inline(__always)
    private static func era(
      _ start: UnsafePointer<UInt8>, _ count: Int
    ) -> (length: Int, isBC: Bool) {
      guard count > 2 else { return (0, false) }
      let letters = (start[count - 2] | 0x20, start[count - 1] | 0x20)
      let isBC = letters == (UInt8(ascii: "b"), UInt8(ascii: "c"))
      guard isBC || letters == (UInt8(ascii: "a"), UInt8(ascii: "d")) else { return (0, false) }
      var length = 2
      while length < count, ValueParser.isBlank(start[count - length - 1]) { length += 1 }
      return (length, isBC)
    }

    var isAtEnd: Bool { place == end }

    /// Days since 1970-01-01.
    @inline(__always)
    mutating func date() -> Int32? {
      guard let year = number(4...7), take(UInt8(ascii: "-")),
        let month = number(1...2), take(UInt8(ascii: "-")),
        let day = number(1...2), year > 0
      else { return nil }
      return Calendar.days(year: isBC ? 1 - year : year, month: month, day: day)
    }

    /// Microseconds since 1970-01-01 00:00:00.
    mutating func dateAndTime() -> Int64? {
      guard let days = date() else { return nil }
      guard let midnight = Calendar.timestamp(days) else { return nil }
      // Whatever else follows is for the zone to accept or refuse.
      guard takeSeparator() else { return midnight }
      guard let time = time() else { return nil }
      let (local, overflow) = midnight.addingReportingOverflow(time)
      return overflow ? nil : local
    }

    /// Microseconds since midnight, up to and with 24:00:00.
    private mutating func time() -> Int64? {
      guard let hour = number(1...2), take(UInt8(ascii: ":")), let minute = number(1...2),
        hour <= 24, minute < 60
      else { return nil }
      var second = 0
      var fraction: Int64 = 0
      if take(UInt8(ascii: ":")) {
        guard let whole = number(1...2), whole <= 60 else { return nil }
        second = whole
        if take(UInt8(ascii: ".")) {
          guard let decimals = microseconds() else { return nil }
          fraction = decimals
        }
      }
      let time = (Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)) * 1_000_000 + fraction
      // 24:00:00 is the next midnight; 10:00:60 is 10:01:00.
      if hour == 24, time > Calendar.microsecondsPerDay { return nil }
      return second == 60 && fraction > 0 ? nil : time
    }

    /// Decimals of a second, rounded to microseconds, half to even.
    private mutating func microseconds() -> Int64? {
      var value: Int64 = 0
      var digits = 0
      while place < end, ValueParser.digit(place[0]) <= 9 {
        if digits < 15 {
          value = value * 10 + Int64(ValueParser.digit(place[0]))
          digits += 1
        }
        place += 1
      }
      if digits <= 6 {
        return value * Int64(PowersOfTen.narrow[6 - digits])
      }
      let unit = Int64(PowersOfTen.narrow[digits - 6])
      let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
      let roundsUp = rest * 2 > unit || (rest * 2 == unit && whole & 1 == 1)
      return roundsUp ? whole + 1 : whole
    }

    /// The rest of the text as a zone's microseconds east of UTC; 0 for no rest.
    mutating func zone() -> Int64? {
      if isAtEnd { return 0 }
      _ = take(UInt8(ascii: " "))
      if take(UInt8(ascii: "Z")) || take(UInt8(ascii: "z")) { return isAtEnd ? 0 : nil }
      let west = take(UInt8(ascii: "-"))
      let start = place
      guard west || take(UInt8(ascii: "+")), let digits = number(1...4) else { return nil }
      // More than two digits end in the minutes.
      let hasMinutes = place - start - (west ? 0 : 1) > 2
      let hour = hasMinutes ? digits / 100 : digits
      var (minute, second) = (hasMinutes ? digits % 100 : 0, 0)
      if !hasMinutes, take(UInt8(ascii: ":")) {
        guard let read = number(2...2) else { return nil }
        minute = read
        if take(UInt8(ascii: ":")) {
          guard let read = number(2...2) else { return nil }
          second = read
        }
      }
      guard isAtEnd, hour < 16, minute < 60, second < 60 else { return nil }
      let seconds = hour * 3600 + minute * 60 + second
      return Int64(west ? -seconds : seconds) * 1_000_000
    }

    /// A `T` or blanks, if a digit follows.
    private mutating func takeSeparator() -> Bool {
      var next = place
      if next < end, next[0] | 0x20 == UInt8(ascii: "t") {
        next += 1
      } else {
        while next < end, ValueParser.isBlank(next[0]) { next += 1 }
      }
      guard next > place, next < end, ValueParser.digit(next[0]) <= 9 else { return false }
      place = next
      return true
    }

    /// A number of so many digits.
    @inline(__always)
    private mutating func number(_ digits: ClosedRange<Int>) -> Int? {
      var value = 0
      var taken = 0
      while place < end, taken < digits.upperBound {
        let digit = ValueParser.digit(place[0])
        if digit > 9 { break }
        value = value * 10 + Int(digit)
        taken += 1
        place += 1
      }
      return taken >= digits.lowerBound ? value : nil
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
      guard place < end, place[0] == byte else { return false }
      place += 1
      return true
    }
  }
}
