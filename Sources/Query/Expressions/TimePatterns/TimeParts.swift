import Columnar

/// What there is to write of a time or an interval.
struct TimeParts {
  /// Astronomical, or an interval's years.
  var year: Int
  var month: Int
  var day: Int
  var hour: Int
  var minute: Int
  var second: Int
  var microsecond: Int
  /// Counted from 1; an interval's days with months of 30 days.
  var dayOfYear: Int
  /// Days since 1970-01-01; `nil` for an interval.
  var days: Int32?
  /// Whether it is shown in a zone.
  var hasZone: Bool

  init(timestamp: Int64, hasZone: Bool) {
    let (days, time) = Calendar.split(timestamp)
    let date = Calendar.day(days)
    (year, month, day) = (date.year, date.month, date.day)
    hour = Int(time / 3_600_000_000)
    minute = Int(time / 60_000_000 % 60)
    second = Int(time / 1_000_000 % 60)
    microsecond = Int(time % 1_000_000)
    let first = Calendar.days(year: date.year, month: 1, day: 1) ?? days
    dayOfYear = Int(days) - Int(first) + 1
    self.days = days
    self.hasZone = hasZone
  }

  init(_ interval: Interval) {
    let fields = interval.fields
    (year, month, day) = (fields.years, fields.months, fields.days)
    (hour, minute, second) = (fields.hours, fields.minutes, fields.seconds)
    microsecond = fields.microseconds
    dayOfYear = Int(interval.months) * 30 + fields.days
    days = nil
    hasZone = false
  }

  /// The year as people count: 1 BC, which is 0, is 1.
  func counted(_ year: Int) -> Int { days != nil && year <= 0 ? 1 - year : year }

  /// 0 for Sunday up to 6.
  var dayOfWeek: Int { days.map { Calendar.isoDayOfWeek($0) % 7 } ?? 0 }

  /// The year and week of ISO 8601.
  var isoWeek: (year: Int, week: Int) { days.map { Calendar.isoWeek($0) } ?? (0, 0) }

  /// The day of the year of ISO 8601.
  var isoDayOfYear: Int {
    days.map { (Calendar.isoWeek($0).week - 1) * 7 + Calendar.isoDayOfWeek($0) } ?? 0
  }

  /// The Julian day.
  var julian: Int { days.map { Int($0) + Int(Calendar.unixEpochJulianDay) } ?? 0 }
}
