/// A part of a date or time that `date_trunc` cuts after or `extract` takes.
package enum CalendarField: String, Sendable, Hashable, CaseIterable {
  case microseconds, milliseconds, second, minute, hour
  case day, week, month, quarter, year, decade, century, millennium
  case dayOfWeek = "dow"
  case isoDayOfWeek = "isodow"
  case dayOfYear = "doy"
  case isoYear = "isoyear"
  case epoch, julian
  case timezone
  case timezoneHour = "timezone_hour"
  case timezoneMinute = "timezone_minute"

  /// The field that PostgreSQL knows by `name`, in any case, singular or plural; `nil` for no
  /// field.
  package init?(name: String) {
    let name = name.lowercased()
    switch name {
    case "us", "usec", "usecs", "usecond", "useconds", "microsecond": self = .microseconds
    case "ms", "msec", "msecs", "msecond", "mseconds", "millisecond": self = .milliseconds
    case "s", "sec", "secs", "seconds": self = .second
    case "m", "min", "mins", "minutes": self = .minute
    case "h", "hr", "hrs", "hours": self = .hour
    case "d", "days": self = .day
    case "w", "weeks": self = .week
    case "mon", "mons", "months": self = .month
    case "qtr": self = .quarter
    case "y", "yr", "yrs", "years": self = .year
    case "dec", "decs", "decades": self = .decade
    case "c", "cent", "centuries": self = .century
    case "mil", "mils", "millennia": self = .millennium
    case "j", "jd": self = .julian
    default:
      guard let field = CalendarField(rawValue: name) else { return nil }
      self = field
    }
  }

  /// Whether `date_trunc` takes the field.
  package var isTruncatable: Bool {
    switch self {
    case .dayOfWeek, .isoDayOfWeek, .dayOfYear, .isoYear, .epoch, .julian, .timezone,
      .timezoneHour, .timezoneMinute:
      false
    default: true
    }
  }

  /// Whether the field is of a time of day, which a date has not.
  package var isTimeOfDay: Bool {
    switch self {
    case .microseconds, .milliseconds, .second, .minute, .hour: true
    default: false
    }
  }

  /// Whether the field is of a zone, which only `timestamptz` has.
  package var isZone: Bool {
    switch self {
    case .timezone, .timezoneHour, .timezoneMinute: true
    default: false
    }
  }
}
