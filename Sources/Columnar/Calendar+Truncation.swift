extension Calendar {
  /// The first instant of the `field` that a timestamp lies in, as `date_trunc` has it; weeks begin
  /// on Monday.
  ///
  /// - Returns: `nil` when the field is not ``CalendarField/isTruncatable`` or the result is out of
  ///   range.
  package static func truncate(_ timestamp: Int64, to field: CalendarField) -> Int64? {
    switch field {
    case .microseconds: return timestamp
    case .milliseconds: return floor(timestamp, 1000)
    case .second: return floor(timestamp, 1_000_000)
    case .minute: return floor(timestamp, 60_000_000)
    case .hour: return floor(timestamp, 3_600_000_000)
    default:
      return truncate(days: split(timestamp).days, to: field).flatMap { self.timestamp($0) }
    }
  }

  /// The first day of the `field` that a day lies in, as ``truncate(_:to:)``; the day itself for
  /// fields of a time of day.
  package static func truncate(days: Int32, to field: CalendarField) -> Int32? {
    switch field {
    case .microseconds, .milliseconds, .second, .minute, .hour, .day:
      return days
    case .week:
      return Int32(exactly: Int(days) - (isoDayOfWeek(days) - 1))
    case .month, .quarter, .year, .decade, .century, .millennium:
      let day = day(days)
      let month =
        switch field {
        case .month: day.month
        case .quarter: (day.month - 1) / 3 * 3 + 1
        default: 1
        }
      return Int32(exactly: daysFromCivil(firstYear(of: field, day.year), month, 1))
    case .dayOfWeek, .isoDayOfWeek, .dayOfYear, .isoYear, .epoch, .julian, .timezone,
      .timezoneHour, .timezoneMinute:
      return nil
    }
  }

  /// The first year of the decade, century or millennium that `year` lies in; there is no year 0 in
  /// the counting of the latter two, as in `timestamp_trunc` of PostgreSQL's `timestamp.c`.
  private static func firstYear(of field: CalendarField, _ year: Int) -> Int {
    switch field {
    case .decade:
      year >= 0 ? year / 10 * 10 : -((8 - (year - 1)) / 10) * 10
    case .century:
      year > 0 ? (year + 99) / 100 * 100 - 99 : -((99 - (year - 1)) / 100) * 100 + 1
    case .millennium:
      year > 0 ? (year + 999) / 1000 * 1000 - 999 : -((999 - (year - 1)) / 1000) * 1000 + 1
    default: year
    }
  }

  private static func floor(_ timestamp: Int64, _ unit: Int64) -> Int64? {
    let rest = timestamp % unit
    let (cut, overflow) = timestamp.subtractingReportingOverflow(rest < 0 ? rest + unit : rest)
    return overflow ? nil : cut
  }
}
