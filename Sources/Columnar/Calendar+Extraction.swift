extension Calendar {
  /// A field of a timestamp with the scale that PostgreSQL's `extract` gives it.
  package static func extract(_ field: CalendarField, timestamp: Int64) -> Numeric {
    let (days, time) = split(timestamp)
    switch field {
    case .microseconds:
      return Numeric(time % 60_000_000)
    case .milliseconds:
      return Numeric(coefficient: Int128(time % 60_000_000), scale: 3)
    case .second:
      return Numeric(coefficient: Int128(time % 60_000_000), scale: 6)
    case .minute:
      return Numeric(time / 60_000_000 % 60)
    case .hour:
      return Numeric(time / 3_600_000_000)
    case .epoch:
      return Numeric(coefficient: Int128(timestamp), scale: 6)
    case .julian:
      return julian(days, time)
    case .timezone, .timezoneHour, .timezoneMinute:
      // Times are shown in UTC.
      return .zero
    default:
      return Numeric(Int64(dayField(field, days)))
    }
  }

  /// The Julian day of 1970-01-01.
  package static var unixEpochJulianDay: Int64 { 2_440_588 }

  /// The Julian day with its fraction.
  private static func julian(_ days: Int32, _ time: Int64) -> Numeric {
    let whole = Numeric(Int64(days) + unixEpochJulianDay)
    let part = Numeric(time).divided(by: Numeric(microsecondsPerDay))
    // A number below one with at most 38 digits, and one of at most eight.
    return part.flatMap { whole.adding($0) } ?? whole
  }

  /// A field of a day, or `nil` when it is ``CalendarField/isTimeOfDay`` or ``CalendarField/isZone``.
  package static func extract(_ field: CalendarField, days: Int32) -> Int64? {
    if field == .epoch { return Int64(days) * 86_400 }
    if field == .julian { return Int64(days) + unixEpochJulianDay }
    return field.isTimeOfDay || field.isZone ? nil : Int64(dayField(field, days))
  }

  /// 1 for Monday up to 7 for Sunday.
  package static func isoDayOfWeek(_ days: Int32) -> Int {
    // 1970-01-01 was a Thursday.
    let fromMonday = (Int(days) + 3) % 7
    return (fromMonday < 0 ? fromMonday + 7 : fromMonday) + 1
  }

  /// The ISO 8601 week, 1...53, and the astronomical year it belongs to: that of its Thursday.
  package static func isoWeek(_ days: Int32) -> (year: Int, week: Int) {
    let thursday = Int(days) - isoDayOfWeek(days) + 4
    // Days at the ends of Int32 are beyond PostgreSQL's calendar and share their last week.
    let day = day(Int32(clamping: thursday))
    return (day.year, (thursday - daysFromCivil(day.year, 1, 1)) / 7 + 1)
  }

  /// As `timestamp_part` of PostgreSQL's `timestamp.c`: there is no year, century or millennium 0.
  private static func dayField(_ field: CalendarField, _ days: Int32) -> Int {
    switch field {
    case .dayOfWeek: return isoDayOfWeek(days) % 7
    case .isoDayOfWeek: return isoDayOfWeek(days)
    case .week: return isoWeek(days).week
    case .isoYear: return withoutYearZero(isoWeek(days).year)
    default: break
    }
    let day = day(days)
    let year = day.year
    switch field {
    case .day: return day.day
    case .month: return day.month
    case .quarter: return (day.month - 1) / 3 + 1
    case .year: return withoutYearZero(year)
    case .decade: return year >= 0 ? year / 10 : -((8 - (year - 1)) / 10)
    case .century: return year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100)
    case .millennium: return year > 0 ? (year + 999) / 1000 : -((999 - (year - 1)) / 1000)
    case .dayOfYear: return Int(days) - daysFromCivil(year, 1, 1) + 1
    default: preconditionFailure("\(field) is not a field of a day")
    }
  }

  private static func withoutYearZero(_ year: Int) -> Int { year > 0 ? year : year - 1 }
}
