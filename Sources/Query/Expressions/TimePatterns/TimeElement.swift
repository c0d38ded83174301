/// What an element of a pattern of `to_char` and `to_date` stands for.
enum TimeElement: Equatable {
  case meridiem, era, century
  case monthName, shortMonthName, romanMonth, month
  case dayName, shortDayName, day, dayOfYear, isoDayOfYear, dayOfWeek, isoDayOfWeek
  case hour12, hour24, minute, second, secondsOfDay
  /// Decimals of the second.
  case fraction(digits: Int)
  /// The last digits of the year.
  case year(digits: Int)
  case yearWithComma
  case isoYear(digits: Int)
  case quarter, week, isoWeek, weekOfMonth, julian
  case zoneName, zoneHours, zoneMinutes, zoneOffset
  /// `FX`, which makes reading strict.
  case exact

  /// Which of the two calendars, that must not be mixed when reading, it belongs to.
  enum Convention { case gregorian, isoWeek }

  /// The calendar of its own, if it has one.
  var convention: Convention? {
    switch self {
    case .isoDayOfYear, .isoDayOfWeek, .isoYear, .isoWeek: .isoWeek
    case .monthName, .shortMonthName, .romanMonth, .month, .day, .dayOfYear, .dayOfWeek, .year,
      .yearWithComma, .week, .weekOfMonth:
      .gregorian
    default: nil
    }
  }

  /// Whether it is read as digits, so that a number before it has to end by its width.
  var isDigits: Bool {
    switch self {
    case .meridiem, .era, .monthName, .shortMonthName, .romanMonth, .dayName, .shortDayName,
      .zoneName, .zoneHours, .zoneOffset, .exact:
      false
    default: true
    }
  }

  /// Whether intervals, which are tied to no calendar, have it.
  var isOfIntervals: Bool {
    switch self {
    case .era, .monthName, .shortMonthName, .dayName, .shortDayName, .dayOfWeek, .isoDayOfWeek,
      .isoDayOfYear, .isoWeek, .isoYear, .julian, .zoneName, .zoneHours, .zoneMinutes, .zoneOffset:
      false
    default: true
    }
  }
}
