/// Days, months and years of the proleptic Gregorian calendar, and PostgreSQL's fields of them.
///
/// Years are astronomical: 0 is 1 BC, -1 is 2 BC.
package enum Calendar {
  /// Microseconds in a day.
  package static var microsecondsPerDay: Int64 { 86_400_000_000 }

  /// A day's place in the calendar.
  package struct Day: Equatable, Sendable {
    /// Astronomical: 0 is 1 BC.
    package var year: Int
    /// 1...12.
    package var month: Int
    /// 1...31.
    package var day: Int

    /// The day with these parts, which are not checked.
    package init(year: Int, month: Int, day: Int) {
      self.year = year
      self.month = month
      self.day = day
    }
  }

  /// Days since 1970-01-01 of a date, or `nil` when there is no such day or its year is not within
  /// -4712...5,874,897, PostgreSQL's range.
  package static func days(year: Int, month: Int, day: Int) -> Int32? {
    guard year >= -4712, year <= 5_874_897, month >= 1, month <= 12, day >= 1 else { return nil }
    guard day <= 28 || day <= length(ofMonth: month, year: year) else { return nil }
    return Int32(daysFromCivil(year, month, day))
  }

  /// The date that is `days` days after 1970-01-01.
  ///
  /// Howard Hinnant, `civil_from_days`, https://howardhinnant.github.io/date_algorithms.html.
  package static func day(_ days: Int32) -> Day {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return Day(year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: day)
  }

  /// Days in a month, 28...31.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether the year has a 29th of February.
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// A timestamp's day, as days since 1970-01-01, and the microseconds since its midnight.
  package static func split(_ timestamp: Int64) -> (days: Int32, microseconds: Int64) {
    var days = timestamp / microsecondsPerDay
    var rest = timestamp % microsecondsPerDay
    if rest < 0 {
      days -= 1
      rest += microsecondsPerDay
    }
    // Within ±106,751,992 for any timestamp.
    return (Int32(truncatingIfNeeded: days), rest)
  }

  /// The midnight at which a day begins, in microseconds since 1970-01-01 00:00:00, or `nil` when
  /// that is out of range.
  package static func timestamp(_ days: Int32) -> Int64? {
    let (midnight, overflow) = Int64(days).multipliedReportingOverflow(by: microsecondsPerDay)
    return overflow ? nil : midnight
  }

  /// Days since 1970-01-01 of a year, month and day, which need not be in the month.
  package static func number(year: Int, month: Int, day: Int) -> Int {
    daysFromCivil(year, month, 1) + day - 1
  }

  /// Howard Hinnant, `days_from_civil`, https://howardhinnant.github.io/date_algorithms.html.
  static func daysFromCivil(_ civilYear: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? civilYear - 1 : civilYear
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
